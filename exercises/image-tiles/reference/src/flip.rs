//! Turns an image upside down, where it is.

/// Swaps the first row with the last, and so on to the middle. A row is `width` pixels; what is left behind the last
/// whole row stays where it is, and an image without width stays as it is.
pub fn flip(pixels: &mut [u32], width: usize) {
    if width == 0 {
        return;
    }
    let height = pixels.len() / width;
    let (upper, lower) = pixels[..height * width].split_at_mut(height / 2 * width);
    let pairs = upper
        .chunks_exact_mut(width)
        .zip(lower.chunks_exact_mut(width).rev());
    for (above, below) in pairs {
        above.swap_with_slice(below);
    }
}
