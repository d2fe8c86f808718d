pub struct Test;
