//! The chime before a call: two falling notes, like a door bell in another room.

use std::f64::consts::TAU;

use super::RATE;

/// Each note: hertz, when it is struck, how fast it fades, in seconds.
const NOTES: [(f64, f64, f64); 2] = [(659.26, 0.0, 0.28), (523.25, 0.42, 0.40)];
/// A struck bar has overtones: how many times the note, and how loud beside it.
const OVERTONES: [(f64, f64); 3] = [(1.0, 1.0), (2.0, 0.25), (3.0, 0.08)];
/// Seconds until it has died away.
const LENGTH: f64 = 1.5;
/// Seconds in which a note rises and the end fades, so that neither clicks.
const SOFT: f64 = 0.006;
/// As loud as the clips.
const PEAK: f64 = 0.30;

/// The chime.
pub(super) fn chime() -> Vec<i16> {
    let length = (LENGTH * f64::from(RATE)) as u32;
    (0..length)
        .map(|place| {
            let at = f64::from(place) / f64::from(RATE);
            let struck: f64 = NOTES.iter().map(|note| sound(*note, at)).sum();
            let fade = ((LENGTH - at) / SOFT).min(1.0);
            (struck * fade * PEAK * f64::from(i16::MAX)) as i16
        })
        .collect()
}

/// One note at a time, in seconds.
fn sound((hertz, struck, fades): (f64, f64, f64), at: f64) -> f64 {
    let since = at - struck;
    if since < 0.0 {
        return 0.0;
    }
    let overtone = |(times, loud): (f64, f64)| {
        loud * (TAU * hertz * times * since).sin() * (-since * times.sqrt() / fades).exp()
    };
    OVERTONES.into_iter().map(overtone).sum::<f64>() * (since / SOFT).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_heard_at_once_fades_out_and_never_clips() {
        let chime = chime();
        let loudest = |part: &[i16]| part.iter().map(|it| it.unsigned_abs()).max().unwrap_or(0);
        let hundredth = RATE as usize / 100;
        assert!(loudest(&chime[..hundredth * 2]) > 3_000, "within 20 ms");
        assert!(loudest(&chime) < 20_000);
        assert!(loudest(&chime[chime.len() - hundredth..]) < 1_000);
        assert_eq!(chime[0], 0);
    }
}
