"""Cuts the one face of the pages from Newsreader (SIL Open Font License 1.1).

    npm pack @fontsource-variable/newsreader@5.3.0 && tar xf fontsource-variable-newsreader-5.3.0.tgz
    python3 cut-serif.py package/files redress-serif.woff2    # fonttools 4.38, brotli

One optical size, one weight, the Latin letters of Europe. The kerning is written anew: accented letters kern as
their bases do, words keep their distance, and values below 2 % of the em are left out: 18.6 kB become 12.
"""

import sys
import unicodedata
from io import BytesIO

from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

OPTICAL_SIZE, WEIGHT = 36, 470
LEAST_KERN, KERN_STEP = 40, 20
ASCII = ''.join(chr(code) for code in range(0x20, 0x7F))
WEST = 'ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝÐÞßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿŒœŠšŽžŸ'
EAST = 'ĀāĂăĄąĆćČčĎďĐđĒēĖėĘęĚěĞğĢģĪīĮįİıĶķĹĺĻļĽľŁłŃńŅņŇňŌōŐőŔŕŘřŚśŞşŢţŤťŪūŮůŰűŲųŹźŻżȘșȚț'
MARKS = '‘’‚“”„–—…·×§©«»°¡¿£€\u00a0'


def kerning(font):
    """Kerning of every pair of glyphs in font units; within a lookup the first subtable that covers a glyph decides."""
    pairs = {}
    table = font['GPOS'].table
    wanted = {i for record in table.FeatureList.FeatureRecord if record.FeatureTag == 'kern' for i in record.Feature.LookupListIndex}
    for lookup in (table.LookupList.Lookup[i] for i in sorted(wanted)):
        decided = set()
        for sub in (getattr(s, 'ExtSubTable', s) for s in lookup.SubTable):
            if sub.Format == 1:
                for first, records in zip(sub.Coverage.glyphs, sub.PairSet):
                    for record in records.PairValueRecord:
                        pairs.setdefault((first, record.SecondGlyph), record.Value1.XAdvance)
                continue
            for first in set(sub.Coverage.glyphs) - decided:
                row = sub.Class1Record[sub.ClassDef1.classDefs.get(first, 0)].Class2Record
                for second in font.getGlyphOrder():
                    value = row[sub.ClassDef2.classDefs.get(second, 0)].Value1
                    pairs.setdefault((first, second), value.XAdvance if value else 0)
            decided |= set(sub.Coverage.glyphs)
    return pairs


def bases(font):
    """Glyph name → name of the glyph whose kerning it takes: é → e, the no-break space → the space."""
    cmap = font.getBestCmap()
    return {glyph: cmap.get(ord(unicodedata.normalize('NFKD', chr(code))[0]), glyph) for code, glyph in cmap.items()}


def feature(pairs, base_of):
    """The kerning as a feature text in which glyphs that kern alike share a class on either side."""
    plain = sorted(set(base_of.values()) - {'space'})
    kept = {(a, b): round(pairs.get((a, b), 0) / KERN_STEP) * KERN_STEP for a in plain for b in plain if abs(pairs.get((a, b), 0)) >= LEAST_KERN}

    def classes(side):
        alike = {}
        for glyph in plain:
            alike.setdefault(tuple(sorted((pair[1 - side], v) for pair, v in kept.items() if pair[side] == glyph)), []).append(glyph)
        members = {}
        for group in alike.values():
            name = '[' + ' '.join(sorted(g for g, base in base_of.items() if base in group)) + ']'
            members.update({glyph: name for glyph in group})
        return members

    left, right = classes(0), classes(1)
    return 'feature kern {\n' + '\n'.join(sorted({f'pos {left[a]} {right[b]} {v};' for (a, b), v in kept.items()})) + '\n} kern;'


def cut(path):
    return instantiateVariableFont(TTFont(path), {'opsz': OPTICAL_SIZE, 'wght': WEIGHT})


def add_letters(font, other, letters):
    """Takes over letters with the marks they are made of; what both fonts have under one name is shared."""
    names = {other.getBestCmap()[ord(letter)]: ord(letter) for letter in letters if ord(letter) in other.getBestCmap()}
    wanted = list(names)
    for name in wanted:
        glyph = other['glyf'][name]
        wanted += [part.glyphName for part in getattr(glyph, 'components', [])]
        if name not in font['glyf'].glyphs:
            font['glyf'][name] = glyph
            font['hmtx'][name] = other['hmtx'][name]
    for table in font['cmap'].tables:
        if table.isUnicode():
            table.cmap.update({code: name for name, code in names.items()})
    font.setGlyphOrder(font['glyf'].glyphOrder)
    saved = BytesIO()
    font.save(saved)
    return TTFont(saved)


def main(folder, target):
    font = cut(f'{folder}/newsreader-latin-standard-normal.woff2')
    pairs = kerning(font)
    font = add_letters(font, cut(f'{folder}/newsreader-latin-ext-standard-normal.woff2'), EAST)
    options = Options(layout_features=['liga'], hinting=False, name_IDs=[0, 13, 14])
    options.drop_tables += ['STAT', 'MVAR', 'HVAR', 'avar', 'DSIG', 'GDEF', 'GPOS', 'gasp', 'prep']
    subsetter = Subsetter(options)
    subsetter.populate(text=ASCII + WEST + EAST + MARKS)
    subsetter.subset(font)
    addOpenTypeFeaturesFromString(font, feature(pairs, bases(font)), tables=['GPOS'])
    font.flavor = 'woff2'
    font.save(target)


main(*sys.argv[1:3])
