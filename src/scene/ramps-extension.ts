/** Draws an image layer's channels through lookup tables and with gamma; plain colours need less of the GPU and go without. */
import type { Layer, UpdateParameters } from "@deck.gl/core";
import { VivLayerExtension } from "@hms-dbmi/viv";
import { type LightLook, partOf } from "./channel-light.ts";
import { RAMP_STOPS } from "./luts.ts";

/** What Viv puts each channel's index in place of; a line that has it is written once per channel. */
const INDEX = "VIV_CHANNEL_INDEX";

/** From each stop of a ramp to the next. */
const STEPS = Array.from({ length: RAMP_STOPS - 1 }, (_, step) => step);
const [BASE, STEP] = [`base${INDEX}`, (step: number) => `step${step}of${INDEX}`];

const ADDED = STEPS.map(
  (step) => `clamp(${STEPS.length}.0 * light - ${step}.0, 0.0, 1.0) * ramps.${STEP(step)}.rgb`,
).join(" + ");

/**
 * A ramp is its first colour (`base`, with gamma as its fourth number) and what each step adds. Reached steps are added
 * whole and the last in part, so that no table is looked up: a second sampler would have to be of the pixels' type.
 */
const shader = `\
uniform rampsUniforms {
  vec4 ${BASE};
${STEPS.map((step) => `  vec4 ${STEP(step)};`).join("\n")}
} ramps;

vec3 rampsColor(float[NUM_CHANNELS] intensity) {
  vec3 rgb = vec3(0.0);
  float light;
  light = pow(clamp(intensity[${INDEX}], 0.0, 1.0), ramps.${BASE}.a); rgb += ramps.${BASE}.rgb + ${ADDED};
  return rgb;
}
`;

const ramps = {
  name: "ramps",
  fs: shader,
  uniformTypes: Object.fromEntries(
    [BASE, ...STEPS.map(STEP)].map((name) => [name, "vec4<f32>" as const]),
  ),
  inject: {
    "fs:DECKGL_MUTATE_COLOR": "rgba = vec4(rampsColor(intensity), 1.0);",
  },
};

type Vec4 = [number, number, number, number];

/** Its layer's `looks` are the channels', in the order of its planes. */
export class RampsExtension extends VivLayerExtension {
  static override readonly extensionName = "RampsExtension";
  static override readonly defaultProps = { looks: { type: "array", value: [], compare: true } };

  override getVivShaderTemplates(): ReturnType<VivLayerExtension["getVivShaderTemplates"]> {
    return { modules: [ramps] };
  }

  override updateState(
    this: Layer<{ readonly looks: readonly LightLook[] }>,
    { props }: UpdateParameters<Layer<{ readonly looks: readonly LightLook[] }>>,
  ): void {
    const uniforms = Object.assign({}, ...props.looks.map(uniformsOf)) as Record<string, Vec4>;
    for (const model of this.getModels()) model.shaderInputs.setProps({ ramps: uniforms });
  }
}

function uniformsOf({ color, ramp, gamma = 1 }: LightLook, index: number): Record<string, Vec4> {
  const stop = (step: number): [number, number, number] => {
    const part = (i: 0 | 1 | 2): number =>
      ramp ? partOf(ramp[step] ?? 0, i) : (color[i] * step) / STEPS.length;
    return [part(0) / 255, part(1) / 255, part(2) / 255];
  };
  const named = (name: string): string => name.replace(INDEX, String(index));
  const steps = STEPS.map((step): [string, Vec4] => {
    const [[r, g, b], [toR, toG, toB]] = [stop(step), stop(step + 1)];
    return [named(STEP(step)), [toR - r, toG - g, toB - b, 0]];
  });
  return { [named(BASE)]: [...stop(0), gamma], ...Object.fromEntries(steps) };
}
