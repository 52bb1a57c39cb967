"""Two spellings of the same words are equal once folded."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.folding import fold, fold_with_map

texts = st.text(max_size=60)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quan Hoá", "quan hóa"),
        ("Cẩm Thuỷ", "CẨM THỦY"),
        ("thụ lý", "thụ lí"),
        ("3 tỷ", "3 tỉ"),
        ("cùng kỳ", "cùng kì"),
        ("quý I", "quí I"),
        ("Mỹ", "Mĩ"),
        ("đồng", "₫ồng"),
        ("Đk", "dk"),
        ("４０２，５", "402,5"),
        ("402\u00a0việc", "402 việc"),
        ("402\u200b việc", "402 việc"),
        ("−5", "-5"),
        ("a\u2028b", "a\nb"),
    ],
)
def test_spellings_of_the_same_words_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize("text", ["hay", "thuy", "nguyen", "tay", "lym"])
def test_y_is_i_only_where_it_sounds_the_same(text: str) -> None:
    assert fold(text) == text


def test_lines_and_tabs_stay() -> None:
    assert fold("Xong\t290\nĐK") == "xong\t290\ndk"


@settings(max_examples=100)
@given(texts)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@settings(max_examples=100)
@given(texts)
def test_nfc_and_nfd_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text)) == fold(text)


@settings(max_examples=100)
@given(texts)
def test_every_folded_letter_has_its_place(text: str) -> None:
    folded, places = fold_with_map(text)
    assert folded == fold(text)
    assert len(places) == len(folded) + 1
    assert list(places) == sorted(places)
    assert places[-1] == len(text)


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_folded_word_leads_back_to_the_word_as_typed(form: str) -> None:
    text = unicodedata.normalize(form, "Số tiền đã xong")  # type: ignore[arg-type]
    folded, places = fold_with_map(text)
    start = folded.index("tien")
    assert text[places[start] : places[start + 4]] == unicodedata.normalize(form, "tiền")  # type: ignore[arg-type]
