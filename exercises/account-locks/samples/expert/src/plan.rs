//! Who goes before whom in a batch.

use crate::keys::Access;
use crate::{Address, Keys};
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

/// For each transaction, how many it still waits for, and who waits for it.
#[derive(Default)]
pub(crate) struct Plan {
    nodes: Vec<Node>,
    ready: BinaryHeap<Reverse<usize>>,
    unstarted: usize,
}

#[derive(Default)]
struct Node {
    awaited: usize,
    heirs: Vec<usize>,
}

/// Who touched an account last, while a plan is drawn up.
#[derive(Default)]
struct Trail {
    writer: Option<usize>,
    readers_since: Vec<usize>,
}

impl Plan {
    /// Those without keys are not part of it.
    pub(crate) fn new<'k, A: Address + 'k>(
        batch: impl Iterator<Item = Option<&'k Keys<A>>>,
    ) -> Self {
        let mut plan = Self::default();
        let mut trails: HashMap<&A, Trail> = HashMap::new();
        for (number, keys) in batch.enumerate() {
            plan.nodes.push(Node::default());
            let Some(keys) = keys else { continue };
            for (account, access) in keys.iter() {
                plan.enqueue(number, access, trails.entry(account).or_default());
            }
            if plan.nodes.last().is_some_and(|node| node.awaited == 0) {
                plan.ready.push(Reverse(number));
            }
            plan.unstarted += 1;
        }
        plan
    }

    fn enqueue(&mut self, number: usize, access: Access, trail: &mut Trail) {
        match access {
            Access::Read => {
                self.wait_for(trail.writer, number);
                trail.readers_since.push(number);
            }
            // the readers since have waited for the writer already
            Access::Write => {
                let writer = trail.writer.replace(number);
                self.wait_for(writer.filter(|_| trail.readers_since.is_empty()), number);
                self.wait_for(trail.readers_since.drain(..), number);
            }
        }
    }

    fn wait_for(&mut self, earlier: impl IntoIterator<Item = usize>, number: usize) {
        for earlier in earlier {
            if let Some(node) = self.nodes.get_mut(earlier) {
                node.heirs.push(number);
            }
            if let Some(node) = self.nodes.get_mut(number) {
                node.awaited += 1;
            }
        }
    }

    pub(crate) fn all_started(&self) -> bool {
        self.unstarted == 0
    }

    /// Takes the first that is ready and that `can` be started.
    pub(crate) fn start<T>(&mut self, mut can: impl FnMut(usize) -> Option<T>) -> Option<T> {
        let mut refused = Vec::new();
        let mut started = None;
        while let Some(Reverse(number)) = self.ready.pop() {
            started = can(number);
            if started.is_some() {
                self.unstarted -= 1;
                break;
            }
            refused.push(Reverse(number));
        }
        self.ready.extend(refused);
        started
    }

    /// Its heirs wait for one less.
    pub(crate) fn end(&mut self, number: usize) {
        let heirs = self
            .nodes
            .get_mut(number)
            .map(|node| std::mem::take(&mut node.heirs));
        for heir in heirs.into_iter().flatten() {
            if let Some(node) = self.nodes.get_mut(heir) {
                node.awaited -= 1;
                if node.awaited == 0 {
                    self.ready.push(Reverse(heir));
                }
            }
        }
    }
}
