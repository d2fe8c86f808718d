use derive::Named;

#[derive(Named)]
struct Point;

fn main() {
    assert_eq!(Point::name(), "Point");
}
