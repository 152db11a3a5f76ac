"""Is G.711 ours as the recommendation has it?"""

import shutil
import subprocess

import pytest

from yibao.channels.hotline import g711


def test_a_law_values_of_the_recommendation() -> None:
    """G.711, tables 1a and 1b: the value of the first and the last interval of each segment, of 13 bits there, of 16
    here (times 8); the eighth bit is the sign, even bits travel inverted."""
    ends = {0: (1, 31), 1: (33, 63), 2: (66, 126), 3: (132, 252), 4: (264, 504), 5: (528, 1008), 6: (1056, 2016)}
    ends[7] = (2112, 4032)
    for segment, (first, last) in ends.items():
        for step, value in ((0, first), (15, last)):
            code = segment << 4 | step
            assert g711.alaw_value((0x80 | code) ^ 0x55) == value * 8
            assert g711.alaw_value(code ^ 0x55) == -value * 8


def test_mu_law_values_of_the_recommendation() -> None:
    """G.711, table 2a: 8031 is the largest of 14 bits (times 4 here); all ones is zero."""
    assert g711.ulaw_value(0x80) == 8031 * 4
    assert g711.ulaw_value(0x00) == -8031 * 4
    assert g711.ulaw_value(0xFF) == 0
    assert g711.ulaw_value(0xFE) == 2 * 4


def test_every_sample_lies_in_the_interval_of_its_a_law_byte() -> None:
    """Intervals are 16 wide (of 16 bits) in the first two segments, and twice as wide in each one after."""
    for sample in range(-32768, 32768):
        code = g711.alaw_code(sample)
        half = 8 << max(((code ^ 0x55) >> 4 & 7) - 1, 0)
        assert abs(g711.alaw_value(code) - sample) <= half


def test_every_sample_lies_in_the_interval_of_its_mu_law_byte() -> None:
    """Intervals are 8 wide in the first segment, and twice as wide in each one after; the last has no end."""
    for sample in range(-32635, 32636):
        code = g711.ulaw_code(sample)
        half = 4 << ((~code & 0xFF) >> 4 & 7)
        assert abs(g711.ulaw_value(code) - sample) <= half
    assert g711.ulaw_code(32767) == 0x80
    assert g711.ulaw_code(-32768) == 0x00


def test_silence_is_the_smallest_value() -> None:
    assert g711.alaw(b"\0\0") == g711.ALAW_SILENCE
    assert g711.ulaw(b"\0\0") == g711.ULAW_SILENCE


def test_there_and_back() -> None:
    for there, back in ((g711.alaw, g711.from_alaw), (g711.ulaw, g711.from_ulaw)):
        plain = back(bytes(range(256)))
        assert back(there(plain)) == plain


@pytest.mark.skipif(not shutil.which("sox"), reason="sox missing")
def test_another_program_reads_ours() -> None:
    """sox is not ours; the library whose sign bit was inverted would give the negative of each sample."""
    coded = bytes(range(256))
    for name, back in (("al", g711.from_alaw), ("ul", g711.from_ulaw)):
        command = ["sox", "-V1", "-D", "-t", name, "-r", "8000", "-c", "1", "-", "-t", "raw", "-b", "16", "-L", "-"]
        theirs = subprocess.run(command, input=coded, capture_output=True, check=True).stdout
        assert theirs == back(coded)
