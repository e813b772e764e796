/** What we use of it: its own types leave out the endings of their files, which `nodenext` does not follow. */
declare module 'chartist' {
  export class FixedScaleAxis {}
  export class Svg {
    constructor(name: string, attributes?: Record<string, string | number>, className?: string);
    elem(name: string, attributes?: Record<string, string | number>, className?: string): Svg;
    replace(other: Svg): Svg;
    text(text: string): Svg;
  }
  interface Series {
    name: string;
    className: string;
    /** `null` = a hole, over which no line goes */
    data: readonly ({ x: number; y: number } | null)[];
  }
  interface AxisOptions {
    type: typeof FixedScaleAxis;
    low?: number;
    high?: number;
    ticks?: number[];
    offset?: number;
    showLabel?: boolean;
    showGrid?: boolean;
  }
  interface SeriesOptions {
    showArea?: boolean;
    showLine?: boolean;
    showPoint?: boolean;
    lineSmooth?: boolean;
  }
  interface Options extends SeriesOptions {
    height?: string;
    chartPadding?: number;
    axisX?: AxisOptions;
    axisY?: AxisOptions;
    series?: Record<string, SeriesOptions>;
  }
  export interface Drawn {
    type: string;
    seriesIndex: number;
    index: number;
    element: Svg;
    x: number;
    y: number;
  }
  export class LineChart {
    constructor(container: Element, data: { series: Series[] }, options: Options);
    on(event: 'draw', listener: (drawn: Drawn) => void): this;
    update(data?: { series: Series[] }, options?: Options): this;
    detach(): this;
  }
}
