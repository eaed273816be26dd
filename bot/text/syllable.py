"""What a Vietnamese syllable can look like, and Telex/VNI residue read back into one.

The inventory of onsets and rimes is that of standard orthography (Đoàn Thiện Thuật,
"Ngữ âm tiếng Việt", 1977), written without tone marks.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bot.text.fold import fold

_ONSETS = [
    "",
    *"b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x".split(),
]
_RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây "
    "e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu "
    "im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng "
    "oăt oc oe oen oeo oet oi om on ong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp "
    "ơt u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up "
    "ut uy uya uych uyên uyêt uyn uynh uyp uyt uyu ư ưa ưc ưi ưng ươc ươi ươm ươn ương ươp ươt "
    "ươu ưt ưu y yêm yên yêng yêt yêu"
).split()

_TONES = {"s": "́", "f": "̀", "r": "̉", "x": "̃", "j": "̣"}
_VNI_TONES = {"1": "́", "2": "̀", "3": "̉", "4": "̃", "5": "̣"}
_TELEX_MARKS = {
    "aa": "â",
    "ee": "ê",
    "oo": "ô",
    "dd": "đ",
    "aw": "ă",
    "ow": "ơ",
    "uw": "ư",
}
_VNI_MARKS = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}

SYLLABLES = frozenset(onset + rime for onset in _ONSETS for rime in _RIMES)
FOLDED_SYLLABLES = frozenset(map(fold, SYLLABLES))


def without_tone(syllable: str) -> str:
    """Return the syllable without its tone mark; letter marks (ă, ê, ơ…) stay."""
    bare = "".join(
        mark
        for mark in unicodedata.normalize("NFD", syllable)
        if mark not in _TONES.values()
    )
    return unicodedata.normalize("NFC", bare)


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Tell whether a lower-case word, marked or bare, can be a Vietnamese syllable."""
    return without_tone(word) in SYLLABLES or word in FOLDED_SYLLABLES


@lru_cache(maxsize=20_000)
def decode_keys(word: str) -> str:
    """Read Telex or VNI keystrokes left in a word ("tuyeern", "d9a5i") back into a syllable.

    Args:
        word: One lower-case word.

    Returns:
        The syllable when keystrokes were found and it is a Vietnamese one, else ``word``.
    """
    if len(word) > 12 or is_syllable(word):
        return word
    for decode in (_decode_telex, _decode_vni):
        decoded = decode(word)
        if decoded != word and without_tone(decoded) in SYLLABLES:
            return decoded
    return word


def _decode_telex(word: str) -> str:
    tone = ""
    letters = word
    for index in range(len(word) - 1, 0, -1):
        if word[index] in _TONES and word[index] not in word[:1]:
            tone, letters = _TONES[word[index]], word[:index] + word[index + 1 :]
            break
    marked = _mark_telex(letters)
    if without_tone(marked) not in SYLLABLES:
        tone, marked = "", _mark_telex(word)
    return _with_tone(marked, tone)


def _mark_telex(letters: str) -> str:
    for keys in ("uow", "uo7"):
        letters = letters.replace(keys, "ươ")
    for keys, letter in _TELEX_MARKS.items():
        letters = letters.replace(keys, letter)
    if letters.endswith("w"):
        return _mark_last(letters[:-1], {"a": "ă", "o": "ơ", "u": "ư"})
    for vowel, marked in (("a", "â"), ("e", "ê"), ("o", "ô")):
        if letters.count(vowel) == 2 and letters.endswith(vowel):
            letters = letters[:-1].replace(vowel, marked, 1)
    if letters.endswith("d") and letters.startswith("d"):
        letters = "đ" + letters[1:-1]
    return letters


def _mark_last(letters: str, marks: dict[str, str]) -> str:
    if "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    for index in range(len(letters) - 1, -1, -1):
        if letters[index] in marks:
            return letters[:index] + marks[letters[index]] + letters[index + 1 :]
    return letters


def _decode_vni(word: str) -> str:
    tone = ""
    letters = ""
    for key in word:
        if key in _VNI_TONES and letters:
            tone = _VNI_TONES[key]
        elif key in _VNI_MARKS and letters:
            letters = _mark_vni(letters, _VNI_MARKS[key])
        else:
            letters += key
    return _with_tone(letters, tone)


def _mark_vni(letters: str, marks: dict[str, str]) -> str:
    if "ơ" in marks.values() and "uo" in letters:
        return letters.replace("uo", "ươ", 1)
    return _mark_last(letters, marks)


def _with_tone(letters: str, tone: str) -> str:
    vowels = [i for i, letter in enumerate(letters) if fold(letter) in "aeiouy"]
    if not tone or not vowels:
        return letters
    onset = 2 if letters.startswith(("qu", "gi")) and len(vowels) > 1 else 0
    inner = [i for i in vowels if i >= onset] or vowels
    marked = [i for i in inner if letters[i] in "ăâêôơư"]
    if marked:
        place = marked[-1]
    elif len(inner) > 1 and inner[-1] < len(letters) - 1:
        place = inner[-1]
    else:
        place = inner[-2] if len(inner) > 1 else inner[0]
    toned = letters[: place + 1] + tone + letters[place + 1 :]
    return unicodedata.normalize("NFC", toned)
