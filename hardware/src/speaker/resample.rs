//! Brings a sound to another rate, so that recordings and engines of any rate can be joined.

use std::f64::consts::PI;

/// Zero crossings of the filter on each side: enough that nothing of the change can be heard.
const CROSSINGS: f64 = 12.0;

/// The same sound at another rate. What the lower rate cannot hold is filtered out.
#[must_use]
pub fn resample(samples: &[i16], from: u32, to: u32) -> Vec<i16> {
    if from == to || from == 0 {
        return samples.to_vec();
    }
    let step = f64::from(from) / f64::from(to);
    // The cut-off, as a part of the source's: below 1 when the target is the slower one.
    let cut = (1.0 / step).min(1.0);
    let reach = CROSSINGS / cut;
    let length = (samples.len() as u64 * u64::from(to)).div_ceil(u64::from(from));
    (0..length)
        .map(|place| {
            let centre = place as f64 * step;
            let first = (centre - reach).ceil().max(0.0) as usize;
            let last = ((centre + reach) as usize).min(samples.len().saturating_sub(1));
            let (mut sum, mut weights) = (0.0, 0.0);
            for (offset, sample) in samples[first..=last].iter().enumerate() {
                let weight = kernel((first + offset) as f64 - centre, cut, reach);
                sum += weight * f64::from(*sample);
                weights += weight;
            }
            // A float becomes the nearest 16-bit number; those beyond become the largest.
            (sum / weights).round() as i16
        })
        .collect()
}

/// A low pass at a distance: the ideal one, let out softly.
fn kernel(distance: f64, cut: f64, reach: f64) -> f64 {
    let turn = PI * distance * cut;
    let ideal = if turn.abs() < 1e-9 { 1.0 } else { turn.sin() / turn };
    ideal * (0.5 + 0.5 * (PI * distance / reach).cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A tone of half of full scale, for a tenth of a second.
    fn tone(hertz: f64, rate: u32) -> Vec<i16> {
        let sample = |place| (2.0 * PI * hertz * f64::from(place) / f64::from(rate)).sin();
        (0..rate / 10).map(|place| (16_384.0 * sample(place)) as i16).collect()
    }

    /// The largest difference, the first and the last hundredth of a second left out.
    fn difference(left: &[i16], right: &[i16]) -> i32 {
        let edge = left.len() / 10;
        let pairs = left.iter().zip(right).skip(edge).take(left.len() - 2 * edge);
        pairs.map(|(left, right)| (i32::from(*left) - i32::from(*right)).abs()).max().unwrap_or(0)
    }

    #[test]
    fn a_tone_stays_the_tone_it_was() {
        for from in [8_000, 16_000, 22_050, 44_100, 48_000, 96_000] {
            let changed = resample(&tone(1_000.0, from), from, 24_000);
            let expected = tone(1_000.0, 24_000);
            assert_eq!(changed.len(), expected.len(), "{from}");
            let difference = difference(&changed, &expected);
            assert!(difference < 200, "{from}: off by {difference} of 16384");
        }
    }

    #[test]
    fn what_the_lower_rate_cannot_hold_does_not_come_back_as_another_tone() {
        let changed = resample(&tone(18_000.0, 48_000), 48_000, 24_000);
        let silence = vec![0; changed.len()];
        assert!(difference(&changed, &silence) < 200);
    }

    #[test]
    fn nothing_stays_nothing() {
        assert!(resample(&[], 8_000, 24_000).is_empty());
        assert_eq!(resample(&[5, 6], 24_000, 24_000), [5, 6]);
    }
}
