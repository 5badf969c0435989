//! Characters as dots: 16 high, 8 or 16 wide, drawn with a Chinese font of the machine. A font takes many
//! megabytes and is in memory only while new characters are drawn.

use std::collections::HashMap;
use std::fs::File;
use std::io::Read;

use ab_glyph::{Font, FontVec, PxScale, ScaleFont, point};

use crate::strip::width_of;

/// How high a character is, in dots.
pub(super) const HEIGHT: usize = 16;
/// How wide half a character is, in dots.
pub(super) const HALF_WIDTH: usize = 8;
/// Where packages put their Chinese fonts, the smallest first, each with its face for the mainland.
const FONTS: [(&str, u32); 6] = [
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
];
/// Room set aside for a font, in bytes; the C library gives so large a piece back to the system at once.
const ROOM: usize = 40 << 20;
/// How much of a dot must be covered for it to shine.
const COVERAGE: f32 = 0.4;
/// The share of the em that lies above the baseline in a Chinese font.
const ABOVE_BASELINE: f32 = 0.88;
/// Characters kept; a hall has far fewer.
const KEPT: usize = 1_024;

/// A character's dots, a line after another; each line's leftmost dot is the highest bit.
pub(super) type Dots = [u16; HEIGHT];

/// The characters drawn so far.
#[derive(Default)]
pub(super) struct Glyphs {
    drawn: HashMap<char, Dots>,
}

impl Glyphs {
    /// The dots of each character of a text; `None` without a font.
    pub(super) fn of(&mut self, text: &str) -> Option<Vec<(char, Dots)>> {
        let new: Vec<_> = text.chars().filter(|it| !self.drawn.contains_key(it)).collect();
        if !new.is_empty() {
            let font = font()?;
            if self.drawn.len() > KEPT {
                self.drawn.clear();
            }
            for character in text.chars() {
                self.drawn.entry(character).or_insert_with(|| draw(&font, character));
            }
        }
        let dots = text.chars().map(|it| (it, self.drawn.get(&it).copied().unwrap_or_default()));
        Some(dots.collect())
    }
}

/// The first font that can be read.
fn font() -> Option<FontVec> {
    FONTS.iter().find_map(|(path, face)| {
        let mut bytes = Vec::with_capacity(ROOM);
        File::open(path).ok()?.read_to_end(&mut bytes).ok()?;
        FontVec::try_from_vec_and_index(bytes, *face).ok()
    })
}

fn draw(font: &FontVec, character: char) -> Dots {
    let mut dots = Dots::default();
    let cell = f32::from(width_of(character)) * HALF_WIDTH as f32;
    let em = HEIGHT as f32 * font.height_unscaled() / font.units_per_em().unwrap_or(1_000.0);
    let id = font.glyph_id(character);
    let natural = font.as_scaled(PxScale::from(em)).h_advance(id);
    let squeeze = if natural > cell { cell / natural } else { 1.0 };
    let left = ((cell - natural * squeeze) / 2.0).round();
    let scale = PxScale { x: em * squeeze, y: em };
    let baseline = (HEIGHT as f32 * ABOVE_BASELINE).round();
    let glyph = id.with_scale_and_position(scale, point(left, baseline));
    let Some(outline) = font.outline_glyph(glyph) else { return dots };
    let corner = outline.px_bounds().min;
    outline.draw(|x, y, coverage| {
        let (x, y) = (corner.x as i32 + x as i32, corner.y as i32 + y as i32);
        if coverage >= COVERAGE && (0..cell as i32).contains(&x) && (0..HEIGHT as i32).contains(&y)
        {
            dots[y as usize] |= 0x8000 >> x;
        }
    });
    dots
}
