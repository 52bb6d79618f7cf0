import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { messages as en } from '#lib/i18n/en.ts'
import { messages as fi, type MessageKey } from '#lib/i18n/fi.ts'
import { messages as sv } from '#lib/i18n/sv.ts'
import { rescueWords } from '#rescue/words.ts'
import { provider } from '#server/demo/provider.ts'

const languages = { fi, sv, en } as const
const keys = Object.keys(fi).sort() as MessageKey[]

/** What is filled in; a language may need a gap twice, or leave out a number, but never have another gap. */
const gapsOf = (text: string) =>
  [...new Set(text.match(/\{\w+\}/g))].filter((gap) => gap !== '{count}').sort()
const formsOf = (text: string) => text.split('|').length

test.for(['sv', 'en'] as const)('%s says all that Finnish says, and nothing else', (language) => {
  const messages = languages[language]
  expect(Object.keys(messages).sort()).toEqual(keys)
  for (const key of keys) {
    expect(gapsOf(messages[key]), key).toEqual(gapsOf(fi[key]))
    // One and many differ where a number is filled in, though not in every language.
    const isCounted = formsOf(fi[key]) > 1 || fi[key].includes('{count}')
    expect(formsOf(messages[key]), key).toBeLessThanOrEqual(isCounted ? 2 : 1)
  }
})

test.for(['fi', 'sv', 'en'] as const)('no words are empty or unfinished in %s', (language) => {
  for (const key of keys) {
    for (const form of languages[language][key].split('|')) {
      expect(form.trim(), key).toBe(form)
      expect(form, key).not.toBe('')
      expect(form, key).not.toMatch(/TODO|FIXME|\?\?|lorem/i)
    }
  }
})

test('the rescue page says the same in every language, from a table of its own', () => {
  const { fi: finnish, ...others } = rescueWords
  for (const words of [finnish, ...Object.values(others)]) {
    expect(Object.keys(words).sort()).toEqual(Object.keys(finnish).sort())
    for (const [key, text] of Object.entries(words)) {
      const said = finnish[key as keyof typeof finnish]
      expect(gapsOf(text), key).toEqual(gapsOf(said))
      expect(formsOf(text), key).toBe(formsOf(said))
      for (const form of text.split('|')) expect(form.trim(), key).not.toBe('')
    }
  }
})

test('the titles of the visit-note templates are written in every language', () => {
  for (const { title, fields } of provider.templates) {
    const titles = [
      title,
      ...fields.flatMap((field) => [
        field.title,
        ...(field.options ?? []).map((option) => option.title)
      ])
    ]
    for (const one of titles)
      for (const language of ['fi', 'sv', 'en'] as const) expect(one[language].trim()).not.toBe('')
  }
})

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|svelte)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/i18n\/(fi|sv|en)\//.test(path) && !path.endsWith('.test.ts'))
}

test('every word is said somewhere', () => {
  const text = sources('src')
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n')
  // A key may be put together: `visit.state.${state}`.
  const beginnings = [...text.matchAll(/`([a-z][\w.-]*)\$\{/g)].map(([, start]) => start ?? '')
  const unsaid = keys.filter(
    (key) => !text.includes(`'${key}'`) && !beginnings.some((start) => key.startsWith(start))
  )
  expect(unsaid).toEqual([])
})
