#[macro_export]
macro_rules! vec { () => {} }
