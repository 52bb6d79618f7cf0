import { describe, expect, test } from 'vitest'
import { findByName } from './find.ts'

const faces = [
  { firstName: 'Öykkä', lastName: 'Åberg', town: 'Turku' },
  { firstName: 'Aino', lastName: 'Mäki-Koskela', town: 'Kaarina' },
  { firstName: 'Eino', lastName: 'Aalto' }
]
const found = (query: string) => findByName(faces, query).map(({ lastName }) => lastName)

describe('searching clients on the tablet', () => {
  test.each([
    ['', ['Aalto', 'Mäki-Koskela', 'Åberg']],
    ['ain', ['Mäki-Koskela']],
    ['MÄKI', ['Mäki-Koskela']],
    ['maki', ['Mäki-Koskela']],
    ['kosk ai', ['Mäki-Koskela']],
    ['tur', ['Åberg']],
    ['alto', []],
    ['aino turku', []],
    ['  ', ['Aalto', 'Mäki-Koskela', 'Åberg']]
  ])('"%s" finds %j', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })
})
