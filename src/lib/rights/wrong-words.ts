import { say } from '#lib/i18n/say.ts'

/** What to say at each field, by its name. */
export type Wrongs = Readonly<Record<string, string>>

const codes = [
  'future',
  'before-receipt',
  'too-late',
  'same',
  'not-identified',
  'not-weighed',
  'nothing-rectified',
  'not-ending',
  'not-restricted',
  'nothing-done',
  'missing'
] as const
type Code = (typeof codes)[number]

const isKnown = (code: string): code is Code => codes.some((each) => each === code)

interface Issue {
  readonly path: readonly PropertyKey[]
  readonly code?: string | undefined
}

/** One word for each field, from the contract's issues at the keyboard or from the server's. */
export function wrongWords(issues: readonly Issue[], candidate: object): Wrongs {
  const wrongs: Record<string, string> = {}
  for (const { path, code = '' } of issues) {
    const field = String(path.at(-1) ?? '')
    wrongs[field] ??= wordsOf(code, (candidate as Record<string, unknown>)[field])
  }
  return wrongs
}

function wordsOf(code: string, value: unknown): string {
  if (isKnown(code)) return say(`rights.wrong.${code}`)
  if (code === 'identity-code') return say('wrong.identityCode')
  return value === undefined || value === '' ? say('rights.wrong.missing') : say('wrong.other')
}
