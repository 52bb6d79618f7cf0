import { expect, test } from 'vitest'
import { passphraseFault } from './passphrase-fault.ts'
import { passphraseWords } from '#contract/passphrase-words.ts'
import { suggestPassphrase } from './suggest-passphrase.ts'

test('fifteen letters or five words are enough, and nothing less', () => {
  expect(passphraseFault('kuusi lampi tuu', [])).toBeNull()
  expect(passphraseFault('kuusi lampi tu', [])).toBe('short')
  expect(passphraseFault('ilo uni suo oja puu', [])).toBeNull()
})

test('what many would try first is refused, however long', () => {
  for (const common of [
    'salasanasalasana',
    'SalasanaSalasana123',
    'correct horse battery staple',
    '123456789012345678',
    'aaaaaaaaaaaaaaaaaaa',
    'kissa kissa kissa kissa kissa'
  ]) {
    expect(passphraseFault(common, []), common).toBe('common')
  }
  expect(passphraseFault('aino.maki aino.maki 1', ['aino.maki', 'Aino Mäki'])).toBe('common')
})

test('a suggestion is five words of the list and passes the rules', () => {
  expect(new Set(passphraseWords).size).toBe(passphraseWords.length)
  expect(passphraseWords.length).toBeGreaterThanOrEqual(512)
  const drawn = new Set<string>()
  for (let round = 0; round < 500; round += 1) {
    const words = suggestPassphrase().split(' ')
    expect(words).toHaveLength(5)
    for (const word of words) {
      expect(passphraseWords).toContain(word)
      drawn.add(word)
    }
    expect(passphraseFault(words.join(' '), ['aino.maki'])).toBeNull()
  }
  expect(drawn.size).toBeGreaterThan(passphraseWords.length * 0.9)
})
