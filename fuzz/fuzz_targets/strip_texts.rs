//! Any text, address and width for strips: what a card understands is the text that fits, and a template is read
//! or refused.
#![no_main]

use std::sync::Arc;

use hardware::strip::{
    Bx5k, Charset, Colour, Cx, Decoder, Driver, Face, Hall69, Strip, Template, fit,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u16, u16, &str)| {
    let (address, width, text) = input;
    let width = width % 20;
    let face = Face::steady(text, Colour::Green);
    let makes: [(Arc<dyn Driver>, u16); 3] = [
        (Arc::new(Hall69::default()), address % 254 + 1),
        (Arc::new(Bx5k::default()), address.max(1)),
        (Arc::new(Cx::default()), address % 16),
    ];
    for (driver, address) in makes {
        let frame = driver.frame(Strip { address, width }, &face);
        let seen = Decoder::new(driver).push(&frame);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].address, address);
        assert_eq!(seen[0].face.text, fit(text, Charset::Gbk, width));
    }
    if let Ok(template) = Template::new(text, Vec::new()) {
        template.frame(Strip { address, width }, &face);
    }
});
