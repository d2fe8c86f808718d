mod common;

use common::used;

macro_rules! leaves {
    ($name:ident, $bytes:expr, $left:expr) => {
        #[test]
        fn $name() {
            assert_eq!(used(100, $bytes).left(), $left);
        }
    };
}

leaves!(none_is_used, 0, 100);
leaves!(all_is_used, 100, 0);

mod too_much {
    use super::used;

    #[test]
    fn is_refused() {
        let mut quota = used(7, 3);
        assert!(matches!(quota.take(6), Err(2)));
        assert_eq!(quota.take(4), Ok(0));
    }

    #[test]
    #[should_panic(expected = "not that much")]
    fn panics_in_helpers() {
        used(1, 2);
    }
}
