//! A persistent list with a number for everybody and an index by id.

use std::borrow::Borrow;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash};
use std::sync::Arc;

use imbl::OrdMap;
use imbl::shared_ptr::DefaultSharedPtr;

/// Finds a number by id. Hashed without a random key, so that two runs do the same work; nobody outside chooses the ids.
type Index<Id> = imbl::GenericHashMap<Id, u64, BuildHasherDefault<DefaultHasher>, DefaultSharedPtr>;

/// Something kept in a [`Register`].
pub trait Registered {
    /// How it is found.
    type Id: Hash + Eq + Clone;
    /// Its id.
    fn id(&self) -> &Self::Id;
}

/// Values in order of arrival, found by id. Cloning costs next to nothing, whatever the size: a snapshot of a world is a clone.
#[derive(Debug)]
pub struct Register<T: Registered> {
    items: OrdMap<u64, Arc<T>>,
    numbers: Index<T::Id>,
    next: u64,
}

impl<T: Registered> Clone for Register<T> {
    fn clone(&self) -> Self {
        Self { items: self.items.clone(), numbers: self.numbers.clone(), next: self.next }
    }
}

impl<T: Registered> Default for Register<T> {
    fn default() -> Self {
        Self { items: OrdMap::new(), numbers: Index::default(), next: 0 }
    }
}

impl<T: Registered + PartialEq> PartialEq for Register<T> {
    fn eq(&self, other: &Self) -> bool {
        self.next == other.next && (self.items.ptr_eq(&other.items) || self.items == other.items)
    }
}

impl<T: Registered> Register<T> {
    /// Adds a value and returns its number. A value with the same id is replaced in place.
    pub fn insert(&mut self, value: T) -> u64 {
        let number = self.numbers.get(value.id()).copied().unwrap_or(self.next);
        self.next = self.next.max(number + 1);
        self.numbers.insert(value.id().clone(), number);
        self.items.insert(number, Arc::new(value));
        number
    }

    /// Adds a value as [`Self::insert`] does; beyond `most` of them, the oldest goes.
    pub fn insert_keeping(&mut self, value: T, most: usize) -> u64 {
        let number = self.insert(value);
        if self.items.len() > most {
            self.remove_first();
        }
        number
    }

    /// The value with this id.
    pub fn get<Q: Hash + Eq + ?Sized>(&self, id: &Q) -> Option<&Arc<T>>
    where
        T::Id: Borrow<Q>,
    {
        self.items.get(self.numbers.get(id)?)
    }

    /// The number of the value with this id.
    pub fn number<Q: Hash + Eq + ?Sized>(&self, id: &Q) -> Option<u64>
    where
        T::Id: Borrow<Q>,
    {
        self.numbers.get(id).copied()
    }

    /// The value with this number.
    pub fn at(&self, number: u64) -> Option<&Arc<T>> {
        self.items.get(&number)
    }

    /// Takes the value out.
    pub fn remove<Q: Hash + Eq + ?Sized>(&mut self, id: &Q) -> Option<Arc<T>>
    where
        T::Id: Borrow<Q>,
    {
        let number = self.numbers.remove(id)?;
        self.items.remove(&number)
    }

    /// Takes the oldest value out.
    pub fn remove_first(&mut self) -> Option<Arc<T>> {
        let (_, oldest) = self.items.get_min()?;
        let id = oldest.id().clone();
        self.remove(&id)
    }

    /// Everything, in order of arrival.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        self.items.values()
    }

    /// Everything with its number, in order of arrival.
    pub fn numbered(&self) -> impl DoubleEndedIterator<Item = (u64, &Arc<T>)> {
        self.items.iter().map(|(number, item)| (*number, item))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

impl<T: Registered + Clone> Register<T> {
    /// The value with this number, to be changed in place.
    pub fn at_mut(&mut self, number: u64) -> Option<&mut T> {
        self.items.get_mut(&number).map(Arc::make_mut)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Item(String, u8);

    impl Registered for Item {
        type Id = String;
        fn id(&self) -> &String {
            &self.0
        }
    }

    #[test]
    fn values_keep_their_order_of_arrival_and_are_replaced_in_place() {
        let mut register = Register::default();
        register.insert(Item("b".into(), 1));
        register.insert(Item("a".into(), 2));
        register.insert(Item("b".into(), 3));
        assert_eq!(register.iter().map(|item| item.1).collect::<Vec<_>>(), [3, 2]);
        assert_eq!(register.number("a"), Some(1));
    }

    #[test]
    fn a_clone_is_a_snapshot() {
        let mut register = Register::default();
        let number = register.insert(Item("a".into(), 1));
        let before = register.clone();
        register.at_mut(number).unwrap().1 = 9;
        assert_eq!(before.get("a").unwrap().1, 1);
        assert_ne!(before, register);
    }
}
