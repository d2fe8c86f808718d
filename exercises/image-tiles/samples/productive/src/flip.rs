//! Turns an image upside down, where it is.

/// Swaps the first row with the last, and so on to the middle. A row is `width` pixels; what is left behind the last
/// whole row stays where it is, and an image without width stays as it is.
pub fn flip(pixels: &mut [u32], width: usize) {
    if width == 0 {
        return;
    }
    let height = pixels.len() / width;
    for y in 0..height / 2 {
        let (upper, lower) = pixels.split_at_mut((height - 1 - y) * width);
        upper[y * width..][..width].swap_with_slice(&mut lower[..width]);
    }
}
