import { BarChart, LineChart } from 'echarts/charts';
import { GridComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef } from 'react';

echarts.use([BarChart, LineChart, GridComponent, TooltipComponent, CanvasRenderer]);

export interface Cell {
  name: string;
  /** Null where the cell is hidden, because so few could be recognised. */
  value: number | null;
}

/** Bars for groups, a line for days and weeks. The same numbers stand in a table beside it: the picture alone tells no screen reader anything. */
export function Chart({ title, cells, kind }: { title: string; cells: readonly Cell[]; kind: 'bar' | 'line' }) {
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!frame.current) return undefined;
    const chart = echarts.init(frame.current);
    chart.setOption(optionOf(cells, kind));
    const watcher = new ResizeObserver(() => chart.resize());
    watcher.observe(frame.current);
    return () => {
      watcher.disconnect();
      chart.dispose();
    };
  }, [cells, kind]);
  return <div ref={frame} className="chart" role="img" aria-label={title} />;
}

const LONG_NAME = 10;

function optionOf(cells: readonly Cell[], kind: 'bar' | 'line') {
  return {
    animation: false,
    color: ['#0b57a4'],
    grid: { left: 8, right: 16, top: 16, bottom: 8, containLabel: true },
    // Rich text is drawn on the canvas; the other kind writes inline styles, which the content policy refuses.
    tooltip: { trigger: 'axis', renderMode: 'richText' },
    xAxis: { type: 'category', data: cells.map(({ name }) => name), axisLabel: { hideOverlap: true, width: LONG_NAME * 12, overflow: 'truncate' } },
    yAxis: { type: 'value', minInterval: 1 },
    series: [{ type: kind, data: cells.map(({ value }) => value), barMaxWidth: 42, smooth: false }],
  };
}
