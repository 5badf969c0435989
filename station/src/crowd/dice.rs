//! Chance with a seed: the same seed gives the same day, so that a test can repeat it.

/// A stream of random numbers (SplitMix64).
#[derive(Clone, Debug)]
pub(super) struct Dice(u64);

impl Dice {
    /// A stream that follows from a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 up to 1, 1 excluded.
    pub(super) fn unit(&mut self) -> f64 {
        // 53 bits are what a f64 can hold exactly.
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A number between two others.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Whether something happens that has this probability.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// The time until the next of events that come on average this far apart.
    pub(super) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.unit()).ln()
    }

    /// One of them; `None` if there is none.
    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        all.get((self.unit() * all.len() as f64) as usize)
    }

    /// One of them by weight; `None` if no weight is above zero.
    pub(super) fn weighted<'a, T>(&mut self, all: &'a [(T, f64)]) -> Option<&'a T> {
        let total: f64 = all.iter().map(|(_, weight)| weight).sum();
        let mut left = self.unit() * total;
        all.iter().filter(|(_, weight)| *weight > 0.0).find_map(|(one, weight)| {
            left -= weight;
            (left < 0.0).then_some(one)
        })
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_repeats_and_weights_hold() {
        let mut dice = Dice::new(7);
        assert_eq!(dice.unit(), Dice::new(7).unit());
        let weighted = [("never", 0.0), ("often", 3.0), ("seldom", 1.0)];
        let drawn: Vec<_> = (0..4000).filter_map(|_| dice.weighted(&weighted)).collect();
        let often = drawn.iter().filter(|one| ***one == "often").count();
        assert_eq!(drawn.len(), 4000);
        assert!(!drawn.contains(&&"never"));
        assert!((2800..3200).contains(&often), "{often}");
        assert_eq!(dice.one_of::<u8>(&[]), None);
    }

    #[test]
    fn gaps_have_their_mean() {
        let mut dice = Dice::new(1);
        let mean = (0..10_000).map(|_| dice.exponential(6.0)).sum::<f64>() / 10_000.0;
        assert!((5.7..6.3).contains(&mean), "{mean}");
    }
}
