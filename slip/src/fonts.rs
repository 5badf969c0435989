//! Chinese fonts of the machine: where they are, and the shapes and widths of their characters. A font is
//! 20 MB and is in memory only while a slip is drawn.

use std::cell::OnceCell;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use ab_glyph::{Font, FontVec, GlyphId, OutlinedGlyph, PxScale};

use crate::glyphs::plain;
use crate::layout::Typeface;

/// What to install where there is none.
pub(crate) const PACKAGE: &str = "fonts-noto-cjk";
/// Where packages put their Chinese fonts, the one with the most characters first, each with the face of
/// its collection that draws them as the mainland does.
const KNOWN: [(&str, u32); 6] = [
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", NOTO_SC),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", NOTO_SC),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", NOTO_SC),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
];
/// Noto's collections hold JP, KR, SC, TC and HK in this order.
const NOTO_SC: u32 = 2;
/// Bytes set aside for a font; only those that are read take memory. The C library gives so large a piece
/// back to the system at once, where it would keep a smaller one for the process.
const ROOM: usize = 40 << 20;
/// The share of the em that lies above the baseline in a Chinese font.
const ABOVE_BASELINE: f32 = 0.88;
/// How much of a dot must be covered for it to be burnt.
const COVERAGE: f32 = 0.44;
/// Type gets smaller by this many dots when it must fit.
const STEP: u32 = 2;

/// A font file, and which of its faces.
#[derive(Clone, Debug, PartialEq, Eq)]
struct FontFile {
    path: PathBuf,
    face: u32,
}

impl FontFile {
    /// A file somebody named: collections of Noto are known by name, others begin with the right face.
    fn named(path: &Path) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let noto = name.starts_with("Noto") && name.contains("CJK") && name.ends_with(".ttc");
        Self { path: path.to_owned(), face: if noto { NOTO_SC } else { 0 } }
    }

    fn read(&self) -> Option<FontVec> {
        let mut bytes = Vec::with_capacity(ROOM);
        File::open(&self.path).ok()?.read_to_end(&mut bytes).ok()?;
        FontVec::try_from_vec_and_index(bytes, self.face).ok()
    }
}

/// The font files that are there: the chosen one first, then those that packages install.
fn files(chosen: Option<&Path>) -> impl Iterator<Item = FontFile> {
    let known =
        KNOWN.iter().map(|(path, face)| FontFile { path: PathBuf::from(path), face: *face });
    chosen.map(FontFile::named).into_iter().chain(known).filter(|file| file.path.is_file())
}

/// The first font that is there.
pub(crate) fn find(chosen: Option<&Path>) -> Option<PathBuf> {
    files(chosen).next().map(|file| file.path)
}

/// Fonts in memory: one, and the others once a character is not in it.
pub(crate) struct Fonts {
    first: FontVec,
    others: OnceCell<Vec<FontVec>>,
    left: Vec<FontFile>,
}

impl Fonts {
    /// Reads the first font that can be read.
    pub(crate) fn read(chosen: Option<&Path>) -> Option<Self> {
        let mut files = files(chosen);
        let first = files.find_map(|file| file.read())?;
        Some(Self { first, others: OnceCell::new(), left: files.collect() })
    }

    /// The font that has the character, or the first one with its mark for a missing one.
    fn font_of(&self, character: char) -> (&FontVec, GlyphId) {
        let glyph = self.first.glyph_id(character);
        if glyph.0 != 0 {
            return (&self.first, glyph);
        }
        let others =
            self.others.get_or_init(|| self.left.iter().filter_map(FontFile::read).collect());
        let found = others.iter().map(|font| (font, font.glyph_id(character)));
        found.into_iter().find(|(_, glyph)| glyph.0 != 0).unwrap_or((&self.first, glyph))
    }

    /// A character's outline in a cell `width` dots wide whose top left corner is the origin: squeezed if
    /// it is wider, in the middle if it is narrower.
    fn outline(&self, character: char, px: u32, width: f32) -> Option<OutlinedGlyph> {
        let (font, id) = self.font_of(character);
        let natural = self.advance(character, px);
        let scale = scale_of(font, px);
        let squeeze = if natural > width { width / natural } else { 1.0 };
        let glyph = id.with_scale_and_position(
            PxScale { x: scale * squeeze, y: scale },
            ab_glyph::point(((width - natural * squeeze) / 2.0).round(), baseline(px)),
        );
        font.outline_glyph(glyph)
    }

    /// Calls `dot` for each dot of a character, counted from the top left corner of its cell.
    pub(crate) fn draw(&self, character: char, px: u32, width: f32, mut dot: impl FnMut(i32, i32)) {
        let Some(outline) = self.outline(character, px, width) else { return };
        let corner = outline.px_bounds().min;
        let (left, top) = (corner.x as i32, corner.y as i32);
        outline.draw(|x, y, coverage| {
            if coverage >= COVERAGE {
                dot(left + x as i32, top + y as i32);
            }
        });
    }
}

impl Typeface for Fonts {
    fn clean(&self, text: &str) -> String {
        plain(text)
    }

    fn advance(&self, character: char, px: u32) -> f32 {
        let (font, glyph) = self.font_of(character);
        let units = font.units_per_em().unwrap_or(1000.0);
        font.h_advance_unscaled(glyph) * px as f32 / units
    }

    fn step(&self) -> u32 {
        STEP
    }
}

/// Fonts are scaled by their height, which is more than the em.
fn scale_of(font: &FontVec, px: u32) -> f32 {
    px as f32 * font.height_unscaled() / font.units_per_em().unwrap_or(1000.0)
}

fn baseline(px: u32) -> f32 {
    (px as f32 * ABOVE_BASELINE).round()
}
