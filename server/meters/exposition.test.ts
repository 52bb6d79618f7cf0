import { expect, test } from 'vitest'
import { Counter } from './counter.ts'
import { exposition, gauge } from './exposition.ts'
import { Histogram } from './histogram.ts'

test('what is counted is told in the text format 0.0.4', () => {
  const asked = new Counter<'route'>('asked_total', 'How often\nit was asked, \\ and all.')
  asked.count({ route: '/api/:id' })
  asked.count({ route: '/api/:id' }, 2)
  asked.count({ route: 'a "quoted"\nand \\ one' })
  expect(exposition([asked.family(), gauge('none', 'Nothing.')])).toBe(
    [
      '# HELP asked_total How often\\nit was asked, \\\\ and all.',
      '# TYPE asked_total counter',
      'asked_total{route="/api/:id"} 3',
      'asked_total{route="a \\"quoted\\"\\nand \\\\ one"} 1',
      ''
    ].join('\n')
  )
  expect(exposition([gauge('free', 'Bytes.', { value: NaN }, { value: -Infinity })])).toBe(
    '# HELP free Bytes.\n# TYPE free gauge\nfree NaN\nfree -Inf\n'
  )
})

test('a histogram counts up to each bound, the bound itself included', () => {
  const took = new Histogram<'route'>('took_seconds', 'Time.', [0.1, 1])
  for (const seconds of [0.1, 0.5, 1, 7]) took.observe({ route: 'a' }, seconds)
  expect(exposition([took.family()]).split('\n').slice(2, -1)).toEqual([
    'took_seconds_bucket{route="a",le="0.1"} 1',
    'took_seconds_bucket{route="a",le="1"} 3',
    'took_seconds_bucket{route="a",le="+Inf"} 4',
    'took_seconds_sum{route="a"} 8.6',
    'took_seconds_count{route="a"} 4'
  ])
})
