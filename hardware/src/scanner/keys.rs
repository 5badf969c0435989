//! What a scanner types that pretends to be a keyboard, made text again. Such a scanner types as if on a
//! US keyboard, whatever the machine's own layout is.

use super::SerialDecoder;

/// The value of an event of a key that was pressed.
pub const KEY_DOWN: i32 = 1;
/// The value of an event of a key that was let go.
pub const KEY_UP: i32 = 0;

const ENTER: u16 = 28;
const KEYPAD_ENTER: u16 = 96;
const TAB: u16 = 15;
const CAPS_LOCK: u16 = 58;
const SHIFTS: [u16; 2] = [42, 54];
/// Control, Alt and the logo keys: what is typed with them is a shortcut and no text.
const SHORTCUTS: [u16; 6] = [29, 97, 56, 100, 125, 126];

/// The rows of a US keyboard: the code of the first key, and its characters without and with shift.
const ROWS: [(u16, &[u8], &[u8]); 8] = [
    (2, b"1234567890-=", b"!@#$%^&*()_+"),
    (16, b"qwertyuiop[]", b"QWERTYUIOP{}"),
    (30, b"asdfghjkl;'`", b"ASDFGHJKL:\"~"),
    (43, b"\\zxcvbnm,./", b"|ZXCVBNM<>?"),
    (55, b"*", b"*"),
    (57, b" ", b" "),
    (71, b"789-456+1230.", b"789-456+1230."),
    (98, b"/", b"/"),
];

/// Makes keys text. Enter and TAB end a code, and so does a gap. It holds no more than a
/// [`SerialDecoder`].
#[derive(Clone, Debug, Default)]
pub struct KeyDecoder {
    typed: SerialDecoder,
    shift: Held,
    shortcut: Held,
    caps_lock: bool,
}

impl KeyDecoder {
    /// Takes a key event as the system gives it: the key's code, and [`KEY_DOWN`] or [`KEY_UP`]. Answers the
    /// code it brings to an end. A key that repeats was held by a hand, and is nothing.
    pub fn feed(&mut self, key: u16, value: i32) -> Option<String> {
        match value {
            KEY_DOWN => self.press(key),
            KEY_UP => {
                self.shift.let_go(&SHIFTS, key);
                self.shortcut.let_go(&SHORTCUTS, key);
                None
            }
            _ => None,
        }
    }

    fn press(&mut self, key: u16) -> Option<String> {
        self.shift.press(&SHIFTS, key);
        self.shortcut.press(&SHORTCUTS, key);
        match key {
            ENTER | KEYPAD_ENTER => self.typed.take(b'\r'),
            TAB => self.typed.take(b'\t'),
            CAPS_LOCK => {
                self.caps_lock = !self.caps_lock;
                None
            }
            _ if self.shortcut.any() => None,
            _ => self.character(key).and_then(|it| self.typed.take(it)),
        }
    }

    fn character(&self, key: u16) -> Option<u8> {
        ROWS.iter().find_map(|(first, plain, shifted)| {
            let place = usize::from(key.checked_sub(*first)?);
            let letter = plain.get(place)?.is_ascii_lowercase();
            // Caps lock turns shift round, for letters only.
            let upper = self.shift.any() != (letter && self.caps_lock);
            if upper { shifted } else { plain }.get(place).copied()
        })
    }

    /// Nothing was typed for [`GAP`](super::GAP): what came before is a whole code.
    pub fn end(&mut self) -> Option<String> {
        self.typed.end()
    }

    /// Whether a code has begun, so that a gap would end it.
    #[must_use]
    pub fn has_begun(&self) -> bool {
        self.typed.has_begun()
    }
}

/// Which keys of a group are held down, one bit for each.
#[derive(Clone, Copy, Debug, Default)]
struct Held(u8);

impl Held {
    fn press(&mut self, group: &[u16], key: u16) {
        self.0 |= Self::bit(group, key);
    }

    fn let_go(&mut self, group: &[u16], key: u16) {
        self.0 &= !Self::bit(group, key);
    }

    fn any(self) -> bool {
        self.0 != 0
    }

    fn bit(group: &[u16], key: u16) -> u8 {
        group.iter().position(|it| *it == key).map_or(0, |place| 1 << place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LEFT_SHIFT: u16 = 42;
    const CONTROL: u16 = 29;

    /// Types keys; each is pressed and let go.
    fn tap(decoder: &mut KeyDecoder, keys: &[u16]) -> Option<String> {
        let mut code = None;
        for key in keys {
            code = decoder.feed(*key, KEY_DOWN).or(code);
            code = decoder.feed(*key, KEY_UP).or(code);
        }
        code
    }

    /// The key and the shift of a character.
    fn key_of(character: u8) -> (u16, bool) {
        let place_in = |row: &[u8]| row.iter().position(|it| *it == character);
        ROWS.iter()
            .find_map(|(first, plain, shifted)| {
                let (place, shift) = place_in(plain)
                    .map(|it| (it, false))
                    .or_else(|| place_in(shifted).map(|it| (it, true)))?;
                Some((first + u16::try_from(place).ok()?, shift))
            })
            .expect("on the keyboard")
    }

    fn type_text(decoder: &mut KeyDecoder, text: &str) {
        for character in text.bytes() {
            let (key, shift) = key_of(character);
            if shift {
                decoder.feed(LEFT_SHIFT, KEY_DOWN);
            }
            assert_eq!(tap(decoder, &[key]), None);
            decoder.feed(LEFT_SHIFT, KEY_UP);
        }
    }

    #[test]
    fn every_character_of_a_us_keyboard_can_be_scanned() {
        let printable: String = ('!'..='~').collect();
        let mut decoder = KeyDecoder::default();
        type_text(&mut decoder, &printable);
        assert_eq!(tap(&mut decoder, &[ENTER]), Some(printable));
    }

    /// These are the kernel's own numbers, not read back from the table: h t t p : / / H 7 on the keypad.
    #[test]
    fn keys_are_the_kernels() {
        let mut decoder = KeyDecoder::default();
        tap(&mut decoder, &[35, 20, 20, 25]);
        decoder.feed(54, KEY_DOWN);
        tap(&mut decoder, &[39]);
        decoder.feed(54, KEY_UP);
        tap(&mut decoder, &[53, 98]);
        decoder.feed(LEFT_SHIFT, KEY_DOWN);
        tap(&mut decoder, &[35]);
        decoder.feed(LEFT_SHIFT, KEY_UP);
        assert_eq!(tap(&mut decoder, &[71, 96]).as_deref(), Some("http://H7"));
    }

    #[test]
    fn caps_lock_turns_letters_round_and_nothing_else() {
        let mut decoder = KeyDecoder::default();
        tap(&mut decoder, &[CAPS_LOCK]);
        type_text(&mut decoder, "aB1!");
        tap(&mut decoder, &[CAPS_LOCK]);
        type_text(&mut decoder, "aB");
        assert_eq!(tap(&mut decoder, &[TAB]).as_deref(), Some("Ab1!aB"));
    }

    #[test]
    fn a_gap_ends_a_code() {
        let mut decoder = KeyDecoder::default();
        assert!(!decoder.has_begun());
        type_text(&mut decoder, "A001");
        assert!(decoder.has_begun());
        assert_eq!(decoder.end().as_deref(), Some("A001"));
        assert_eq!(decoder.end(), None);
    }

    #[test]
    fn shortcuts_repeats_and_unknown_keys_are_no_text() {
        let mut decoder = KeyDecoder::default();
        decoder.feed(CONTROL, KEY_DOWN);
        tap(&mut decoder, &[46]);
        decoder.feed(CONTROL, KEY_UP);
        decoder.feed(30, 2);
        tap(&mut decoder, &[1, 14, 59, 700, u16::MAX]);
        assert_eq!(tap(&mut decoder, &[ENTER]), None);
    }

    #[test]
    fn what_is_too_long_is_dropped_whole() {
        let mut decoder = KeyDecoder::default();
        tap(&mut decoder, &vec![30; super::super::LONGEST_CODE + 1]);
        assert_eq!(tap(&mut decoder, &[ENTER]), None);
        tap(&mut decoder, &[30]);
        assert_eq!(tap(&mut decoder, &[ENTER]).as_deref(), Some("a"));
    }
}
