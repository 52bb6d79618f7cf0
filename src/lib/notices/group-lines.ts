import type { NoticeLine } from '#contract/notice-line.ts'

export type LineGroup =
  | { readonly term: string; readonly items: readonly string[] }
  | { readonly term: null; readonly text: string }

/** What is listed stands with the name of its list; an item without one is a paragraph. */
export function groupLines(lines: readonly NoticeLine[]): LineGroup[] {
  const groups: LineGroup[] = []
  for (const { is, text } of lines) {
    const last = groups.at(-1)
    if (is === 'item' && last && last.term !== null)
      groups[groups.length - 1] = { term: last.term, items: [...last.items, text] }
    else groups.push(is === 'term' ? { term: text, items: [] } : { term: null, text })
  }
  return groups
}
