import { formatNumber } from '#lib/i18n/format.ts'
import { usedShare, type Comparison } from './comparison.ts'

/** How much of what was granted was used: 39 %, or a dash where that is not told. */
export function shareWords(comparison: Comparison): string {
  const share = usedShare(comparison)
  return share === null ? '–' : `${formatNumber(Math.round(share * 100))} %`
}
