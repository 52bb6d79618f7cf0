import type { Style } from './lines.ts'

/** A4 in points, and what of it is written on. */
export const page = {
  left: 56,
  right: 539.28,
  width: 483.28,
  top: 84,
  bottom: 772,
  head: 42,
  foot: 796
} as const

/** The app's own colours, dark enough for a poor copier. */
export const inks = {
  ink: '#1e2a27',
  quiet: '#4f5a55',
  accent: '#0e5c52',
  line: '#c9c2b4',
  band: '#efe9de',
  alert: '#8c2710',
  alertBand: '#fbe5dc'
} as const

const style = (
  weight: Style['weight'],
  size: number,
  leading: number,
  colour: string = inks.ink
): Style => ({ weight, size, leading, colour })

export const styles = {
  text: style('regular', 10, 14),
  strong: style('bold', 10, 14),
  quiet: style('regular', 9, 12.5, inks.quiet),
  small: style('regular', 8, 10.5, inks.quiet),
  cell: style('regular', 9, 12),
  cellHead: style('bold', 8.5, 11.5, inks.quiet),
  running: style('regular', 8, 10, inks.quiet),
  runningStrong: style('bold', 8, 10, inks.accent),
  warning: style('bold', 16, 21, inks.alert),
  heading: {
    1: style('bold', 24, 29, inks.accent),
    2: style('bold', 15, 20, inks.accent),
    3: style('bold', 11.5, 15.5)
  }
} as const
