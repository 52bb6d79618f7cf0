import type { Product } from '#contract/organisation.ts'
import type { Template, TemplateField } from '#contract/template.ts'

/** What is left to be written by hand of one visit: boxes to tick and lines to write on, as the note asks. */
export interface Blanks {
  readonly boxes: readonly TemplateField[]
  readonly flags: readonly TemplateField[]
  readonly lines: readonly TemplateField[]
}

/** What only a permit allows is never on paper, which cannot tell whether it is valid. */
const isAsked = ({ permit, with: flag }: TemplateField): boolean => !permit && !flag

/** By the newest template of the product, so that whoever types it in finds the same order. */
export function blanksOf(
  product: string,
  { products, templates }: { products: readonly Product[]; templates: readonly Template[] }
): Blanks {
  const named = products.find(({ id }) => id === product)?.template
  const [template] = templates
    .filter(({ id }) => id === named)
    .sort((one, other) => other.version - one.version)
  const asked = (template?.fields ?? []).filter(isAsked)
  return {
    boxes: asked.filter(({ form }) => form === 'ticks' || form === 'choice'),
    flags: asked.filter(({ form }) => form === 'flag'),
    lines: asked.filter(({ form, mandatory }) => form === 'text' && mandatory)
  }
}
