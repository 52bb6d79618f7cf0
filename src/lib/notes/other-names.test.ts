import { describe, expect, test } from 'vitest'
import { findName, otherNames } from './other-names.ts'

const named = (firstName: string, lastName = 'Kuusinen') => ({ firstName, lastName })
const find = (text: string, ...names: string[]) =>
  findName(
    text,
    otherNames(
      named('Toinen', 'Lapsi'),
      names.map((name) => named(name))
    )
  )?.word ?? null

describe('§8 the name of another sibling', () => {
  test.each([
    ['Aino', 'Leikittiin ja Aino nukkui', 'Aino'],
    ['Aino', 'ainolle luettiin', 'ainolle'],
    ['Aino', 'Ainonkin kanssa', 'Ainonkin'],
    ['Mikko', 'Mikon reppu oli kadoksissa', 'Mikon'],
    ['Pekka', 'annoin pekalle ruokaa', 'pekalle'],
    ['Antti', 'Antilta kysyttiin', 'Antilta'],
    ['Joel', 'Joelille soitettiin', 'Joelille'],
    ['Elias', 'Eliaksen huoneessa', 'Eliaksen'],
    ['Elias', 'odotettiin Eliasta', 'Eliasta'],
    ['Helmi', 'mentiin Helmiin', 'Helmiin'],
    ['Väinö', 'väinöä väsytti', 'väinöä'],
    ['Anna-Liisa', 'Annalle luettiin', 'Annalle'],
    ['Anna-Liisa', 'Anna-Liisan kanssa', 'Anna-Liisan'],
    ['Aino Maria', 'Marialle laulettiin', 'Marialle'],
    ['Leo', '"Leo", sanoi äiti', 'Leo'],
    ['Emma', 'Emmas leksaker', 'Emmas']
  ])('%s is found in "%s"', (name, text, word) => {
    expect(find(text, name)).toBe(word)
  })

  test.each([
    ['Aino', 'Ainakin kerran, ainoastaan yhdessä'],
    ['Onni', 'Ruokailu onnistui hyvin'],
    ['Aamu', 'Aamupalalla syötiin puuroa'],
    ['Leo', 'Leonardo ja leopardi'],
    ['Ella', 'Sellaista leikkiä'],
    ['Ilo', 'Lapset olivat iloisia']
  ])('%s is not in "%s"', (name, text) => {
    expect(find(text, name)).toBeNull()
  })

  test('a surname is found in its forms, and one that the siblings share is nobody’s', () => {
    const [aino, eino] = [named('Aino', 'Kuusinen'), named('Eino', 'Virtanen')]
    const text = 'Isä Kuusinen haki, Virtasella oli kiire'
    expect(findName(text, otherNames(aino, [eino]))?.word).toBe('Virtasella')
    expect(findName(text, otherNames(eino, [aino]))?.word).toBe('Kuusinen')
    expect(findName(text, otherNames(aino, [named('Eino', 'Kuusinen')]))).toBeNull()
  })

  test('a name that is a word too is told from a certain one by its capital inside a sentence', () => {
    const names = otherNames(named('Eino'), [named('Aamu')])
    expect(findName('Aamulla syötiin', names)).toEqual({ word: 'Aamulla', isCertain: false })
    expect(findName('Syötiin aamulla', names)).toEqual({ word: 'aamulla', isCertain: false })
    expect(findName('Syötiin. Aamulla leikittiin', names)?.isCertain).toBe(false)
    expect(findName('Aamulla luettiin Aamulle', names)).toEqual({
      word: 'Aamulle',
      isCertain: true
    })
  })

  test('signs in a name are no signs of a pattern', () => {
    expect(find('Mitä tahansa', 'A.*')).toBeNull()
  })
})
