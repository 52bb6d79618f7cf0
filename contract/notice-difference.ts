import type { NoticeLine, NoticeSection, NoticeText } from './notice-line.ts'

/** What became of a word, or of several in a row. */
export interface WordChange {
  readonly became: 'same' | 'added' | 'removed'
  readonly text: string
}

/** What became of a line. One that was changed tells which of its words were. */
export type LineChange =
  | { readonly became: 'same' | 'added' | 'removed'; readonly line: NoticeLine }
  | {
      readonly became: 'changed'
      readonly is: NoticeLine['is']
      readonly words: readonly WordChange[]
    }

/** Of one of the fourteen headings: what its lines were and are. */
export interface SectionChange {
  readonly number: number
  readonly title: readonly WordChange[]
  readonly lines: readonly LineChange[]
  readonly isChanged: boolean
}

type Step<T> = { readonly became: 'same' | 'added' | 'removed'; readonly item: T }

/** The longest common subsequence, as steps that keep both orders. */
function stepsBetween<T>(
  former: readonly T[],
  present: readonly T[],
  isSame: (a: T, b: T) => boolean
): Step<T>[] {
  const rows = former.length
  const columns = present.length
  const width = columns + 1
  const longest = new Uint32Array((rows + 1) * width)
  const at = (row: number, column: number) => longest[row * width + column] ?? 0
  for (let row = rows - 1; row >= 0; row--)
    for (let column = columns - 1; column >= 0; column--)
      longest[row * width + column] = isSame(former[row] as T, present[column] as T)
        ? at(row + 1, column + 1) + 1
        : Math.max(at(row + 1, column), at(row, column + 1))

  const steps: Step<T>[] = []
  let row = 0
  let column = 0
  while (row < rows || column < columns) {
    const gone = former[row] as T
    const come = present[column] as T
    if (row < rows && column < columns && isSame(gone, come)) {
      steps.push({ became: 'same', item: come })
      row++
      column++
    } else if (row < rows && (column === columns || at(row + 1, column) >= at(row, column + 1))) {
      steps.push({ became: 'removed', item: gone })
      row++
    } else {
      steps.push({ became: 'added', item: come })
      column++
    }
  }
  return steps
}

/** Words and the spaces between them, so that joined they are the text again. */
const wordsOf = (text: string): string[] => text.match(/\s+|[^\s]+/gu) ?? []

function wordChanges(former: string, present: string): WordChange[] {
  const changes: WordChange[] = []
  for (const { became, item } of stepsBetween(wordsOf(former), wordsOf(present), Object.is)) {
    const last = changes.at(-1)
    if (last?.became === became) changes[changes.length - 1] = { became, text: last.text + item }
    else changes.push({ became, text: item })
  }
  return changes
}

const isSameLine = (a: NoticeLine, b: NoticeLine): boolean => a.is === b.is && a.text === b.text

/** Two lines are the same one, changed, when they share at least half of their words. */
function isLike(a: NoticeLine, b: NoticeLine): boolean {
  if (a.is !== b.is) return false
  const kept = wordChanges(a.text, b.text)
    .filter(({ became }) => became === 'same')
    .reduce((sum, { text }) => sum + text.trim().length, 0)
  return kept * 2 >= Math.max(a.text.length, b.text.length)
}

/** Of lines that went and came at one place, those that are alike are one line that changed. */
function pair(removed: readonly NoticeLine[], added: readonly NoticeLine[]): LineChange[] {
  const changes: LineChange[] = []
  let next = 0
  for (const gone of removed) {
    const like = added.findIndex((come, index) => index >= next && isLike(gone, come))
    if (like < 0) {
      changes.push({ became: 'removed', line: gone })
      continue
    }
    for (const line of added.slice(next, like)) changes.push({ became: 'added', line })
    const come = added[like] as NoticeLine
    const words = wordChanges(gone.text, come.text)
    changes.push({ became: 'changed', is: come.is, words })
    next = like + 1
  }
  for (const line of added.slice(next)) changes.push({ became: 'added', line })
  return changes
}

function lineChanges(former: readonly NoticeLine[], present: readonly NoticeLine[]): LineChange[] {
  const changes: LineChange[] = []
  let removed: NoticeLine[] = []
  let added: NoticeLine[] = []
  const settle = () => {
    changes.push(...pair(removed, added))
    removed = []
    added = []
  }
  for (const { became, item } of stepsBetween(former, present, isSameLine)) {
    if (became === 'removed') removed.push(item)
    else if (became === 'added') added.push(item)
    else {
      settle()
      changes.push({ became, line: item })
    }
  }
  settle()
  return changes
}

function sectionChange(former: NoticeSection, present: NoticeSection): SectionChange {
  const title = wordChanges(former.title, present.title)
  const lines = lineChanges(former.lines, present.lines)
  const isChanged = [...title, ...lines].some(({ became }) => became !== 'same')
  return { number: present.number, title, lines, isChanged }
}

/** §14: what changed from one version to the next, heading by heading. */
export function noticeDifference(former: NoticeText, present: NoticeText): SectionChange[] {
  return present.map((section) => {
    const before = former.find(({ number }) => number === section.number)
    return sectionChange(before ?? { ...section, title: '', lines: [] }, section)
  })
}

/** §14: under which of the fourteen headings something changed. */
export const changedHeadings = (former: NoticeText, present: NoticeText): number[] =>
  noticeDifference(former, present).flatMap(({ number, isChanged }) => (isChanged ? number : []))

const side = (words: readonly WordChange[], without: 'added' | 'removed'): string =>
  words
    .filter(({ became }) => became !== without)
    .map(({ text }) => text)
    .join('')

function linesOn(changes: readonly LineChange[], without: 'added' | 'removed'): NoticeLine[] {
  return changes.flatMap((change) => {
    if (change.became === 'changed') return { is: change.is, text: side(change.words, without) }
    return change.became === without ? [] : change.line
  })
}

/** What the difference says that the text was, or is: both can be read from it. */
export function readDifference(
  changes: readonly SectionChange[],
  which: 'former' | 'present'
): NoticeText {
  const without = which === 'former' ? 'added' : 'removed'
  return changes.map(({ number, title, lines }) => ({
    number,
    title: side(title, without),
    lines: linesOn(lines, without)
  }))
}
