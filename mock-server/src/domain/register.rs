//! A persistent list with a number for everybody and an index by id.

use std::borrow::Borrow;
use std::fmt::{self, Display};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash};
use std::marker::PhantomData;
use std::sync::Arc;

use imbl::OrdMap;
use imbl::shared_ptr::DefaultSharedPtr;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::SerializeStruct as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// A register as it is written down: the values by their numbers. The index by id follows from them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<T> {
    /// The number of the next one to come.
    next: u64,
    items: Numbered<T>,
}

impl<T: Registered + Serialize> Serialize for Register<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut written = serializer.serialize_struct("Register", 2)?;
        written.serialize_field("next", &self.next)?;
        written.serialize_field("items", &self.items)?;
        written.end()
    }
}

impl<'de, T: Registered + Deserialize<'de>> Deserialize<'de> for Register<T>
where
    T::Id: Display,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written::<T> { next, items: Numbered(items) } = Written::deserialize(deserializer)?;
        let mut register = Self { next, ..Self::default() };
        for (number, value) in items {
            if number >= next {
                return Err(D::Error::custom(format!("number {number} is not below next, {next}")));
            }
            let id = value.id().clone();
            if let Some(former) = register.numbers.insert(id.clone(), number) {
                return Err(D::Error::custom(format!("the id `{id}` stands twice, at {former} and at {number}")));
            }
            if register.items.insert(number, Arc::new(value)).is_some() {
                return Err(D::Error::custom(format!("the number {number} stands twice")));
            }
        }
        Ok(register)
    }
}

/// Values by number; a number that stands twice is kept twice, so that it can be told.
struct Numbered<T>(Vec<(u64, T)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Numbered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Map<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Map<T> {
            type Value = Numbered<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("values by their numbers")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut items = Vec::new();
                while let Some(item) = map.next_entry()? {
                    items.push(item);
                }
                Ok(Numbered(items))
            }
        }
        deserializer.deserialize_map(Map(PhantomData))
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
