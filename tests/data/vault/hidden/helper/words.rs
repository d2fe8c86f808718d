// secret_comment_helper
pub const PASS: &str = "secret_constant_helper";
