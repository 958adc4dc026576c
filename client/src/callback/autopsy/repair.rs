//! The text a damaged copy was made from, where characters that look alike were mixed up: I, l and 1, O and 0.
//!
//! A changed character makes noise of its block and flips bits of the next one; nothing else changes. So every block has few candidates, one
//! for each way to read its doubtful characters, and a candidate is judged by the block it decrypts to with each candidate of the block
//! before. The cheapest chain through all blocks is found as in any trellis (Viterbi), a changed character costing a little, so that what is
//! right already stays as it is. The work is bounded, whatever the text.

use base64::{Engine, prelude::BASE64_STANDARD};

use super::super::CallbackKey;
use super::blocks::{BLOCK, Block, Cipher, chained};
use super::paste::{Form, wrapped};
use super::plausible::{cost, cost_of_last};
use super::reading;

/// A character read differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where in the encrypted text, counted from 0.
    pub offset: usize,
    /// What stands there.
    pub from: char,
    /// What probably stood there.
    pub to: char,
}

/// A body that a damaged one was probably copied from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// What was read differently, in order.
    pub changes: Vec<Change>,
    /// The encrypted text.
    pub text: String,
    /// The body: the text, or the text in its wrapper.
    pub body: Vec<u8>,
    /// What it says.
    pub plaintext: Vec<u8>,
    /// Whether that is a whole message; otherwise some blocks stayed noise.
    pub whole: bool,
}

/// What a changed character costs: less than a foreign byte, more than a doubt.
const CHANGE: u32 = 3;
/// Candidates tried in all, per pair of neighbours. More than any message needs, and seconds at most.
const PAIRS: usize = 20_000_000;
/// Candidates of one block.
const CANDIDATES: usize = 512;

/// The likeliest mix-up first: a font in which I and l look the same.
const ALIKE: [&[&str]; 2] = [&["Il|"], &["Il1|", "O0"]];

/// Looks for the text; `None` where reading look-alikes differently makes nothing better.
pub(super) fn find(text: &str, key: &CallbackKey, form: Form) -> Option<Repair> {
    let tried = ALIKE.iter().filter_map(|alike| attempt(text, key, form, alike));
    tried.reduce(|best, next| if best.whole { best } else { next })
}

fn attempt(text: &str, key: &CallbackKey, form: Form, alike: &[&str]) -> Option<Repair> {
    let symbols = symbols(text)?;
    let trellis = Trellis { symbols: &symbols, alike, cipher: Cipher::new(key) };
    let chosen = trellis.cheapest(key)?;
    let mut characters: Vec<char> = text.chars().collect();
    let mut changes = Vec::new();
    for (offset, to) in chosen {
        let from = std::mem::replace(&mut characters[offset], to);
        changes.push(Change { offset, from, to });
    }
    if changes.is_empty() {
        return None;
    }
    let text: String = characters.into_iter().collect();
    let opened = super::blocks::open(&text, key);
    let whole = opened.fault.is_none() || reading::fault_of(&opened.plaintext).is_none();
    let body = if form == Form::Wrapped { wrapped(&text) } else { text.clone().into_bytes() };
    Some(Repair { changes, text, body, plaintext: opened.plaintext, whole })
}

/// The characters of whole blocks, without the padding at the end; `None` where the text has no whole blocks.
fn symbols(text: &str) -> Option<Vec<char>> {
    let symbols: Vec<char> = text.trim_end_matches('=').chars().collect();
    let bits = symbols.len() * 6;
    (bits / 8 >= BLOCK && (bits / 8).is_multiple_of(BLOCK)).then_some(symbols)
}

/// What a character stands for; look-alikes outside of the alphabet stand for nothing yet.
fn value(symbol: char) -> Option<u32> {
    let at = match symbol {
        'A'..='Z' => symbol as u32 - 'A' as u32,
        'a'..='z' => symbol as u32 - 'a' as u32 + 26,
        '0'..='9' => symbol as u32 - '0' as u32 + 52,
        '+' => 62,
        '/' => 63,
        _ => return None,
    };
    Some(at)
}

struct Trellis<'a> {
    symbols: &'a [char],
    alike: &'a [&'a str],
    cipher: Cipher,
}

/// One way to read a block's characters.
#[derive(Clone, Default)]
struct Candidate {
    /// What is read differently.
    changes: Vec<(usize, char)>,
    ciphertext: Block,
    decrypted: Block,
}

/// The cheapest chain that ends in a candidate: its cost, and the candidate before.
#[derive(Clone, Copy)]
struct Chain {
    cost: u32,
    before: usize,
}

impl Trellis<'_> {
    /// What to read differently, for the cheapest chain through all blocks.
    fn cheapest(&self, key: &CallbackKey) -> Option<Vec<(usize, char)>> {
        let blocks = self.symbols.len() * 6 / 8 / BLOCK;
        // Every pair of neighbouring candidates is looked at, so their number goes down with the square root.
        let most = (PAIRS / blocks).isqrt().clamp(1, CANDIDATES);
        let first = vec![Candidate { ciphertext: key.iv(), ..Candidate::default() }];
        let mut levels = vec![first];
        let mut chains = vec![vec![Chain { cost: 0, before: 0 }]];
        for block in 0..blocks {
            let candidates = self.candidates(block, most);
            let (before, so_far) = (levels.last()?, chains.last()?);
            let step = |candidate: &Candidate| self.extend(block, candidate, (before, so_far), block + 1 == blocks);
            let next: Option<Vec<Chain>> = candidates.iter().map(step).collect();
            chains.push(next?);
            levels.push(candidates);
        }
        let mut chosen = Vec::new();
        let ends = chains.last()?.iter().enumerate();
        let mut at = ends.min_by_key(|(_, chain)| chain.cost).map(|(at, _)| at)?;
        for (candidates, chains) in levels.iter().zip(&chains).rev() {
            chosen.extend(candidates[at].changes.iter().copied());
            at = chains[at].before;
        }
        chosen.sort_unstable();
        // Neighbours share a character, and both have it.
        chosen.dedup();
        Some(chosen)
    }

    /// The cheapest way to come to this candidate.
    fn extend(
        &self,
        block: usize,
        candidate: &Candidate,
        (before, so_far): (&[Candidate], &[Chain]),
        last: bool,
    ) -> Option<Chain> {
        let shared = self.span(block).start;
        let choice = |one: &Candidate| one.changes.iter().find(|(at, _)| *at == shared).map(|(_, to)| *to);
        let here = choice(candidate);
        // The first block's predecessor is the initial vector, which shares nothing.
        let agrees = |one: &&Candidate| block == 0 || !self.shares(block) || choice(one) == here;
        let ways =
            before.iter().zip(so_far).enumerate().filter(|(_, (one, _))| agrees(one)).map(|(at, (one, chain))| {
                let plain = chained(&candidate.decrypted, &one.ciphertext);
                let plausible = if last { cost_of_last(&plain) } else { cost(&plain) };
                Chain { cost: chain.cost.saturating_add(plausible), before: at }
            });
        let best = ways.min_by_key(|chain| chain.cost)?;
        let changed =
            candidate.changes.iter().filter(|(at, _)| block == 0 || !self.shares(block) || *at != shared).count();
        let price = CHANGE * u32::try_from(changed).unwrap_or(u32::MAX / CHANGE);
        Some(Chain { cost: best.cost.saturating_add(price), ..best })
    }

    /// The characters that hold bits of a block.
    fn span(&self, block: usize) -> std::ops::Range<usize> {
        let bits = BLOCK * 8;
        block * bits / 6..((block + 1) * bits).div_ceil(6).min(self.symbols.len())
    }

    /// Whether a block's first character holds bits of the block before, too.
    fn shares(&self, block: usize) -> bool {
        !(block * BLOCK * 8).is_multiple_of(6)
    }

    /// The ways to read a block, those with fewer changes first; at most so many.
    fn candidates(&self, block: usize, most: usize) -> Vec<Candidate> {
        let mut ways: Vec<Vec<(usize, char)>> = vec![Vec::new()];
        for at in self.span(block) {
            let symbol = self.symbols[at];
            let Some(alike) = self.alike.iter().find(|alike| alike.contains(symbol)) else { continue };
            let others = || alike.chars().filter(|other| *other != symbol && value(*other).is_some());
            let more: Vec<Vec<(usize, char)>> = ways
                .iter()
                .flat_map(|way| others().map(move |other| [way.as_slice(), &[(at, other)]].concat()))
                .collect();
            if value(symbol).is_none() {
                ways.clear();
            }
            ways.extend(more);
            ways.sort_by_key(Vec::len);
            ways.truncate(most);
        }
        ways.into_iter().filter_map(|changes| self.candidate(block, changes)).collect()
    }

    fn candidate(&self, block: usize, changes: Vec<(usize, char)>) -> Option<Candidate> {
        let span = self.span(block);
        // Whole quartets around the block, so that base64 can read them.
        let (from, until) = (span.start / 4 * 4, span.end.div_ceil(4) * 4);
        let read = |at: usize| {
            changes
                .iter()
                .find(|(changed, _)| *changed == at)
                .map_or_else(|| self.symbols.get(at).copied(), |(_, to)| Some(*to))
        };
        // Whatever stands outside of this block does not matter to it.
        let text: String = (from..until)
            .map(|at| read(at).filter(|symbol| span.contains(&at) || value(*symbol).is_some()).unwrap_or('A'))
            .collect();
        let bytes = BASE64_STANDARD.decode(text).ok()?;
        let begins = block * BLOCK - from / 4 * 3;
        let ciphertext: Block = bytes.get(begins..begins + BLOCK)?.try_into().ok()?;
        Some(Candidate { changes, ciphertext, decrypted: self.cipher.decrypt(&ciphertext) })
    }
}
