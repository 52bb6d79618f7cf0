import { expect, test } from 'vitest'
import { textOf, writtenFiles } from '#tests/support/tree.ts'

/** The clauses of the notice whose duties this version takes on. */
const kept = [5, 6, 7, 8, 9, 11, 12, 14]

const house = writtenFiles.filter((path) =>
  /^(contract|server|src|tests|tools)\/.*\.(ts|js|svelte)$/.test(path)
)

/** `§7` alone names a clause; `RFC 9180 § 5.1` cites a standard. */
const names = (text: string, clause: number) => new RegExp(`§${clause}(?!\\d)`).test(text)

const isProof = (path: string) => path.endsWith('.test.ts')
const filesNaming = (clause: number, isWanted: (path: string) => boolean) =>
  house.filter((path) => isWanted(path) && names(textOf(path), clause)).length

test('each clause that is kept is named where it is kept and where it is shown', () => {
  const report = Array.from({ length: 14 }, (_, index) => {
    const clause = index + 1
    const code = filesNaming(clause, (path) => !isProof(path))
    const tests = filesNaming(clause, isProof)
    return { clause: `§${clause}`, code, tests }
  })
  console.table(report)
  const unkept = report.filter(
    ({ code, tests }, index) => kept.includes(index + 1) && (code === 0 || tests === 0)
  )
  expect(unkept).toEqual([])
})
