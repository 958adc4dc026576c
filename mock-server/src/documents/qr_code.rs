//! QR codes as pictures.

use image::{ExtendedColorType, ImageEncoder as _, codecs::png::PngEncoder};
use qrcode::{Color, EcLevel, QrCode};

/// Pixels of a module's side.
const MODULE: usize = 8;
/// Modules left white around the code (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code that says `text`, as PNG.
///
/// # Errors
/// The text is longer than a QR code can be.
pub fn qr_code_png(text: &str) -> Result<Vec<u8>, String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|error| error.to_string())?;
    let (width, modules) = (code.width(), code.to_colors());
    let side = (width + 2 * QUIET) * MODULE;
    let dark = |place: usize| (place / MODULE).checked_sub(QUIET).filter(|module| *module < width);
    let mut pixels = Vec::with_capacity(side * side);
    for y in 0..side {
        for x in 0..side {
            let module = dark(x).zip(dark(y)).map(|(x, y)| modules[y * width + x]);
            pixels.push(if module == Some(Color::Dark) { 0 } else { 255 });
        }
    }
    let mut png = Vec::new();
    let side = u32::try_from(side).map_err(|error| error.to_string())?;
    let written = PngEncoder::new(&mut png).write_image(&pixels, side, side, ExtendedColorType::L8);
    written.map(|()| png).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_white_framed_square_with_its_three_corners() {
        let png = qr_code_png("http://127.0.0.1:8480/s/demo/0123456789").unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_luma8();
        assert_eq!(picture.width(), picture.height());
        let at = |x: usize, y: usize| picture.get_pixel((x * MODULE) as u32, (y * MODULE) as u32).0[0];
        let last = picture.width() as usize / MODULE - 1 - QUIET;
        assert_eq!([at(0, 0), at(QUIET - 1, QUIET)], [255, 255], "the quiet zone");
        assert_eq!(
            [at(QUIET, QUIET), at(last, QUIET), at(QUIET, last)],
            [0, 0, 0],
            "a finder pattern in three corners"
        );
    }

    #[test]
    fn what_no_code_can_hold_is_refused() {
        assert!(qr_code_png(&"长".repeat(3000)).is_err());
    }
}
