import type { Finding } from './finding.ts'

const marks = { good: 'good   ', warning: 'WARNING', bad: 'BAD    ' } as const

/** What was found, for a console: the worst is easily seen, and below each what to do. */
export function linesOf(findings: readonly Finding[]): string[] {
  const width = Math.max(...findings.map(({ about }) => about.length))
  const lines = findings.flatMap(({ about, verdict, says, todo }) => [
    `${marks[verdict]}  ${about.padEnd(width)}  ${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(width + 11)}→ ${todo}`])
  ])
  return [...lines, '', summary(findings)]
}

function summary(findings: readonly Finding[]): string {
  const count = (verdict: Finding['verdict']) =>
    findings.filter((finding) => finding.verdict === verdict).length
  if (count('bad') > 0) return `${count('bad')} bad, ${count('warning')} warnings.`
  if (count('warning') > 0) return `Nothing is bad; ${count('warning')} warnings.`
  return 'All is well.'
}
