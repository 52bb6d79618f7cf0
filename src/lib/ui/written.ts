/** Reads a day written the Finnish way ("22.11.2026", "3.5.26") or as it is kept. Null when it is no day. */
export function readDay(text: string): string | null {
  const kept = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim())
  const written = /^(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*(\d{4}|\d{2})$/.exec(text.trim())
  const [year, month, day] = kept
    ? [kept[1], kept[2], kept[3]]
    : [written?.[3], written?.[2], written?.[1]]
  if (!year || !month || !day) return null
  const value = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value) ? value : null
}

export function writeDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return year && month && date ? `${date}.${month}.${year}` : ''
}

/** Reads "9.05", "9:05", "905" or "9". Null when it is no time of day. */
export function readTime(text: string): string | null {
  const parts = /^(\d{1,2})(?:\s*[.:]?\s*(\d{2}))?$/.exec(text.trim())
  const hour = Number(parts?.[1])
  const minute = Number(parts?.[2] ?? 0)
  if (!parts || hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export function writeTime(time: string): string {
  const [hour, minute] = time.split(':')
  return hour && minute ? `${Number(hour)}.${minute}` : ''
}
