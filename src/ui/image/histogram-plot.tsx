/** A histogram with its window and gamma to be dragged: the curve says how much light each value gets. */
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import type { ChannelHistogram } from "../../ome/channel-histogram.ts";
import type { ChannelView } from "../../state/view.ts";
import { lightCss, shortNumber } from "./channel-text.ts";
import { barsPath, curvePath, gammaAt, placeIn, valueAt, windowWith } from "./histogram-shape.ts";

type Window = readonly [start: number, end: number];

/** By how much an arrow key moves, as a part of the whole; with Shift ten times that. */
const KEY_STEP = 0.005;

export function HistogramPlot({
  label,
  histogram,
  look,
  onWindow,
  onGamma,
}: {
  readonly label: string;
  readonly histogram: ChannelHistogram | undefined;
  readonly look: Pick<ChannelView, "color" | "lut" | "gamma"> & { readonly window: Window };
  readonly onWindow: (window: Window) => void;
  readonly onGamma: (gamma: number) => void;
}) {
  const plot = useRef<HTMLDivElement>(null);
  const { window, gamma } = look;
  if (!histogram) return <div className="histogram" role="img" aria-label="Counting pixels…" />;
  const [from, to] = window.map((value) => placeIn(histogram, value));
  const middle = ((from ?? 0) + (to ?? 1)) / 2;
  const move = (which: 0 | 1, value: number): void =>
    onWindow(windowWith(window, which, value, histogram));
  const handle = (which: 0 | 1) => ({
    role: "slider",
    tabIndex: 0,
    className: "histogram-handle",
    style: { left: `${100 * ((which === 0 ? from : to) ?? 0)}%` },
    "aria-label": `${label} ${which === 0 ? "black" : "white"} point`,
    "aria-valuenow": window[which],
    "aria-valuemin": histogram.from,
    "aria-valuemax": histogram.to,
    "aria-valuetext": shortNumber(window[which]),
    ...dragged(plot, (x) => move(which, valueAt(histogram, x))),
    onKeyDown: (event: KeyboardEvent) => {
      const steps = stepsOf(event);
      const span = histogram.to - histogram.from;
      const step = histogram.isWhole ? Math.max(1, Math.round(KEY_STEP * span)) : KEY_STEP * span;
      if (steps !== 0) move(which, window[which] + steps * step);
    },
  });
  return (
    <div className="histogram" ref={plot}>
      <svg viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">
        <path className="bars" d={barsPath(histogram.counts)} />
        <path className="curve" d={curvePath(from ?? 0, to ?? 1, gamma)} />
      </svg>
      <i className="outside" style={{ left: 0, width: `${100 * (from ?? 0)}%` }} />
      <i className="outside" style={{ left: `${100 * (to ?? 1)}%`, right: 0 }} />
      <i
        className="light"
        style={{
          left: `${100 * (from ?? 0)}%`,
          width: `${100 * ((to ?? 1) - (from ?? 0))}%`,
          background: lightBar(look),
        }}
      />
      <div {...handle(0)} />
      <div {...handle(1)} />
      <div
        role="slider"
        tabIndex={0}
        className="histogram-gamma"
        title="Gamma: drag up to lift what is dim"
        style={{ left: `${100 * middle}%`, top: `${100 * (1 - 0.5 ** gamma)}%` }}
        aria-label={`${label} gamma on the curve`}
        aria-orientation="vertical"
        aria-valuenow={gamma}
        aria-valuemin={0.2}
        aria-valuemax={5}
        {...dragged(plot, (_, y) => onGamma(gammaAt(1 - y)))}
        onKeyDown={(event) => {
          const steps = stepsOf(event);
          if (steps !== 0) onGamma(gammaAt(0.5 ** gamma + steps * 0.01));
        }}
      />
    </div>
  );
}

/** Moves with the pointer that was pressed, from its place in the plot, both from 0 to 1. */
function dragged(
  plot: { readonly current: HTMLDivElement | null },
  onMove: (x: number, y: number) => void,
) {
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>): void =>
      event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const box = plot.current?.getBoundingClientRect();
      if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
      onMove((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    },
  };
}

function stepsOf(event: KeyboardEvent): number {
  const way =
    { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[
      event.key
    ] ?? 0;
  if (way !== 0) {
    event.preventDefault();
    event.stopPropagation();
  }
  return event.shiftKey ? 10 * way : way;
}

function lightBar(look: Pick<ChannelView, "color" | "lut">): string {
  const light = lightCss(look);
  return light.startsWith("#") ? `linear-gradient(90deg, #000, ${light})` : light;
}
