import { describe, expect, it } from 'vitest'
import { element, escape, picture, textElement } from './svg'

describe('svg text', () => {
  it('writes attributes, leaves out what is undefined and rounds numbers', () => {
    expect(element('path', { d: 'M0,0', x: 1.23456, class: undefined })).toBe('<path d="M0,0" x="1.23"/>')
  })

  it('lets no label end an element or an attribute', () => {
    const hostile = `</script><img src=x onerror="alert('1')">&`
    expect(textElement({ x: 0 }, hostile)).not.toMatch(/<img|<\/script/)
    expect(element('g', { 'aria-label': hostile })).not.toMatch(/<img|onerror="/)
    expect(escape('Zoë 妻 😀 שרה')).toBe('Zoë 妻 😀 שרה')
  })

  it('names a picture for those who do not see it', () => {
    expect(picture(10, 20, 'The weave', '<g/>')).toContain('role="img" aria-label="The weave"')
  })
})
