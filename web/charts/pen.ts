/** A tenth of a pixel is finer than a thread is seen, and short. */
export const tenth = (x: number): number => Math.round(x * 10) / 10

/** Path text in steps from where the pen is, without a space where a minus sign parts two numbers. */
export class Pen {
  private text = ''
  private x = 0
  private y = 0

  private step(command: string, points: readonly (readonly [x: number, y: number])[]): this {
    const numbers = points.flatMap(([x, y]) => [tenth(tenth(x) - this.x), tenth(tenth(y) - this.y)])
    const words = numbers.map((value) => String(value).replace(/^(-?)0\./, '$1.'))
    this.text += command + words.join(' ').replaceAll(' -', '-')
    const last = points.at(-1) ?? [0, 0]
    this.x = tenth(last[0])
    this.y = tenth(last[1])
    return this
  }

  move(x: number, y: number): this {
    if (this.text !== '') return this.step('m', [[x, y]])
    this.text = `M${tenth(x)} ${tenth(y)}`
    this.x = tenth(x)
    this.y = tenth(y)
    return this
  }

  line(x: number, y: number): this {
    if (tenth(x) === this.x) {
      this.text += `V${tenth(y)}`
      this.y = tenth(y)
      return this
    }
    return this.step('l', [[x, y]])
  }

  curve(...points: readonly (readonly [x: number, y: number])[]): this {
    return points.every(([x]) => tenth(x) === this.x)
      ? this.line(this.x, points.at(-1)?.[1] ?? this.y)
      : this.step('c', points)
  }

  /** The path so far; straight on in several strokes is one. */
  get d(): string {
    return this.text.replace(/(V[\d.]+)+(?=V)/g, '')
  }
}
