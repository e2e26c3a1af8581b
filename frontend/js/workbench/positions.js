// The server counts Unicode code points, the browser UTF-16 units. All of the workbench works in units.
export function below(list, value) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

export class Positions {
  // Where the letters stand that take two units, in either count.
  constructor(text) {
    this.units = [];
    this.points = [];
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 0xd800 || unit > 0xdbff) continue;
      this.points.push(i - this.units.length);
      this.units.push(i++);
    }
  }
  toUnit(point) { return point + below(this.points, point); }
  toPoint(unit) { return unit - below(this.units, unit); }
}
