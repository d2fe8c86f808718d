//! How observed values are written: plainly, the same on every version of std, and only for types that std, the harness
//! or the test itself defines.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, VecDeque};
use std::fmt::Write;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

/// A value whose written form says what it is.
///
/// Nobody can add a submission's own type. The submission is compiled without this crate; a hidden test would implement
/// a trait that is not its own for a type that is not its own, which the language forbids (E0117); and [`observable!`]
/// defines the types that it is for.
pub trait Observe: sealed::Sealed {
    #[doc(hidden)]
    fn write(&self, out: &mut String);
}

#[doc(hidden)]
pub mod sealed {
    pub trait Sealed {}

    /// For what [`crate::observable!`] writes.
    pub fn fields(name: &str, parts: &[(&str, &dyn super::Observe)], out: &mut String) {
        out.push_str(name);
        out.push_str(" {");
        for (number, (label, value)) in parts.iter().enumerate() {
            out.push_str(if number == 0 { " " } else { ", " });
            out.push_str(label);
            out.push_str(": ");
            value.write(out);
        }
        out.push_str(" }");
    }

    pub fn wrapped(name: &str, value: &dyn super::Observe, out: &mut String) {
        out.push_str(name);
        out.push('(');
        value.write(out);
        out.push(')');
    }
}

/// Defines structs and enums of the test's own, of parts that can be observed, that can be observed themselves:
///
/// ```ignore
/// assay::observable! {
///     #[derive(Clone)]
///     struct Row { user: u64, marks: Vec<(u64, u64)> }
///     enum Step { Waits, Sends(Row) }
/// }
/// ```
///
/// `#[derive(Debug)]` has no say in how they are written. A variant holds nothing or one value.
#[macro_export]
macro_rules! observable {
    () => {};
    ($(#[$attribute:meta])* struct $name:ident { $($field:ident : $type:ty),* $(,)? } $($rest:tt)*) => {
        $(#[$attribute])*
        struct $name { $($field: $type),* }
        impl $crate::sealed::Sealed for $name {}
        impl $crate::Observe for $name {
            fn write(&self, out: &mut ::std::string::String) {
                let parts: &[(&str, &dyn $crate::Observe)] = &[$((stringify!($field), &self.$field)),*];
                $crate::sealed::fields(stringify!($name), parts, out);
            }
        }
        $crate::observable! { $($rest)* }
    };
    ($(#[$attribute:meta])* enum $name:ident { $($variant:ident $(($type:ty))?),* $(,)? } $($rest:tt)*) => {
        $(#[$attribute])*
        enum $name { $($variant $(($type))?),* }
        impl $crate::sealed::Sealed for $name {}
        impl $crate::Observe for $name {
            fn write(&self, out: &mut ::std::string::String) {
                match self {
                    $($crate::observable!(@pattern value $name $variant $(($type))?) =>
                        $crate::observable!(@variant value $variant out $(($type))?),)*
                }
            }
        }
        $crate::observable! { $($rest)* }
    };
    (@pattern $value:ident $name:ident $variant:ident) => { $name::$variant };
    (@pattern $value:ident $name:ident $variant:ident ($type:ty)) => { $name::$variant($value) };
    (@variant $value:ident $variant:ident $out:ident) => { $out.push_str(stringify!($variant)) };
    (@variant $value:ident $variant:ident $out:ident ($type:ty)) => {
        $crate::sealed::wrapped(stringify!($variant), $value, $out)
    };
}

pub(crate) fn render(value: &dyn Observe) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

macro_rules! by_debug {
    ($($type:ty),+) => {$(
        impl sealed::Sealed for $type {}
        impl Observe for $type {
            fn write(&self, out: &mut String) {
                let _ = write!(out, "{self:?}");
            }
        }
    )+};
}
by_debug!(i8, i16, i32, i64, i128, isize, u8, u16, u32, u64, u128, usize, f32, f64, bool, char, str, String, ());
by_debug!(Duration, std::cmp::Ordering, std::net::IpAddr, std::net::Ipv4Addr, std::net::Ipv6Addr);

macro_rules! by_target {
    ($($type:ty),+) => {$(
        impl<T: Observe + ?Sized> sealed::Sealed for $type {}
        impl<T: Observe + ?Sized> Observe for $type {
            fn write(&self, out: &mut String) {
                T::write(self, out);
            }
        }
    )+};
}
by_target!(&T, &mut T, Box<T>, Rc<T>, Arc<T>);

impl<T: Observe + ToOwned + ?Sized> sealed::Sealed for Cow<'_, T> {}
impl<T: Observe + ToOwned + ?Sized> Observe for Cow<'_, T> {
    fn write(&self, out: &mut String) {
        // which variant it is matters where borrowing is the point; observe that with matches!
        T::write(self, out);
    }
}

impl<T: Observe> sealed::Sealed for Option<T> {}
impl<T: Observe> Observe for Option<T> {
    fn write(&self, out: &mut String) {
        match self {
            None => out.push_str("None"),
            Some(value) => sealed::wrapped("Some", value, out),
        }
    }
}

impl<T: Observe, E: Observe> sealed::Sealed for Result<T, E> {}
impl<T: Observe, E: Observe> Observe for Result<T, E> {
    fn write(&self, out: &mut String) {
        match self {
            Ok(value) => sealed::wrapped("Ok", value, out),
            Err(error) => sealed::wrapped("Err", error, out),
        }
    }
}

/// Whether the payload was words or something else: how the words were put together is nobody's promise.
impl sealed::Sealed for crate::Panicked {}
impl Observe for crate::Panicked {
    fn write(&self, out: &mut String) {
        out.push_str(if self.kind() == "another type" { "Panicked(another type)" } else { "Panicked(text)" });
    }
}

impl sealed::Sealed for crate::Item {}
impl Observe for crate::Item {
    fn write(&self, out: &mut String) {
        self.number().write(out);
    }
}

fn list<'a, T: Observe + 'a>(open: char, items: impl Iterator<Item = &'a T>, close: char, out: &mut String) {
    out.push(open);
    for (number, item) in items.enumerate() {
        if number > 0 {
            out.push_str(", ");
        }
        item.write(out);
    }
    out.push(close);
}

impl<T: Observe> sealed::Sealed for [T] {}
impl<T: Observe> Observe for [T] {
    fn write(&self, out: &mut String) {
        list('[', self.iter(), ']', out);
    }
}

impl<T: Observe, const N: usize> sealed::Sealed for [T; N] {}
impl<T: Observe, const N: usize> Observe for [T; N] {
    fn write(&self, out: &mut String) {
        list('[', self.iter(), ']', out);
    }
}

macro_rules! by_items {
    ($($type:ident $open:literal $close:literal),+) => {$(
        impl<T: Observe> sealed::Sealed for $type<T> {}
        impl<T: Observe> Observe for $type<T> {
            fn write(&self, out: &mut String) {
                list($open, self.iter(), $close, out);
            }
        }
    )+};
}
by_items!(Vec '[' ']', VecDeque '[' ']', BTreeSet '{' '}');

/// Collections without an order of their own are written sorted by what their items look like.
fn sorted(mut items: Vec<String>, out: &mut String) {
    items.sort_unstable();
    out.push('{');
    out.push_str(&items.join(", "));
    out.push('}');
}

impl<T: Observe, S> sealed::Sealed for HashSet<T, S> {}
impl<T: Observe, S> Observe for HashSet<T, S> {
    fn write(&self, out: &mut String) {
        sorted(self.iter().map(|item| render(item)).collect(), out);
    }
}

impl<T: Observe> sealed::Sealed for BinaryHeap<T> {}
impl<T: Observe> Observe for BinaryHeap<T> {
    fn write(&self, out: &mut String) {
        sorted(self.iter().map(|item| render(item)).collect(), out);
    }
}

fn pair<K: Observe, V: Observe>((key, value): (&K, &V)) -> String {
    format!("{}: {}", render(key), render(value))
}

impl<K: Observe, V: Observe, S> sealed::Sealed for HashMap<K, V, S> {}
impl<K: Observe, V: Observe, S> Observe for HashMap<K, V, S> {
    fn write(&self, out: &mut String) {
        sorted(self.iter().map(pair).collect(), out);
    }
}

impl<K: Observe, V: Observe> sealed::Sealed for BTreeMap<K, V> {}
impl<K: Observe, V: Observe> Observe for BTreeMap<K, V> {
    fn write(&self, out: &mut String) {
        out.push('{');
        out.push_str(&self.iter().map(pair).collect::<Vec<_>>().join(", "));
        out.push('}');
    }
}

macro_rules! tuple {
    ($($name:ident)+) => {
        impl<$($name: Observe),+> sealed::Sealed for ($($name,)+) {}
        impl<$($name: Observe),+> Observe for ($($name,)+) {
            #[allow(non_snake_case)]
            fn write(&self, out: &mut String) {
                let ($($name,)+) = self;
                let parts = [$(render($name)),+];
                out.push('(');
                out.push_str(&parts.join(", "));
                out.push(')');
            }
        }
    };
}
tuple!(A);
tuple!(A B);
tuple!(A B C);
tuple!(A B C D);
tuple!(A B C D E);
tuple!(A B C D E F);
