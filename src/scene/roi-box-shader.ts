/** The shader of box outlines: a frame of ten vertices per box, of constant width on screen, light on a dark rim. */

/** What all boxes of a layer share; the order is the uniform block's. */
export interface BoxUniforms {
  /** RGBA from 0 to 1. */
  readonly plainColor: Rgba;
  readonly selectedColor: Rgba;
  readonly hoveredColor: Rgba;
  readonly invalidColor: Rgba;
  readonly rimColor: Rgba;
  /** The z range shown, in world units. */
  readonly plane: readonly [number, number];
  /** Half the width of the light line of plain boxes and of raised ones, and the width of the rim, in CSS pixels. */
  readonly halfLine: number;
  readonly halfRaisedLine: number;
  readonly rim: number;
  /** The row under the pointer, or -1. */
  readonly hoveredRow: number;
  /** Plain boxes are drawn first (0), then those that must not be covered (1). */
  readonly raised: 0 | 1;
}

export type Rgba = readonly [r: number, g: number, b: number, a: number];

const BLOCK = `\
uniform roiUniforms {
  vec4 plainColor;
  vec4 selectedColor;
  vec4 hoveredColor;
  vec4 invalidColor;
  vec4 rimColor;
  vec2 plane;
  float halfLine;
  float halfRaisedLine;
  float rim;
  highp int hoveredRow;
  highp int raised;
} roi;
`;

export const boxUniforms = {
  name: "roi",
  vs: BLOCK,
  fs: BLOCK,
  uniformTypes: {
    plainColor: "vec4<f32>",
    selectedColor: "vec4<f32>",
    hoveredColor: "vec4<f32>",
    invalidColor: "vec4<f32>",
    rimColor: "vec4<f32>",
    plane: "vec2<f32>",
    halfLine: "f32",
    halfRaisedLine: "f32",
    rim: "f32",
    hoveredRow: "i32",
    raised: "i32",
  },
} as const;

/** Corner x, corner y (0 or 1 along the box), side (1 outside the outline, 0 inside), around the box once. */
export const FRAME = Float32Array.of(
  ...[0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0, 0, 1, 1, 1],
  ...[1, 1, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0, 0, 0],
);

export const BOX_VERTEX_SHADER = `\
#version 300 es
#define SHADER_NAME roi-box-vertex-shader

in vec3 positions;
in vec4 instanceRects;
in vec4 instanceRectsLow;
in vec4 instanceDepths;

out vec4 lineColor;
out vec2 along;
out float across;
out float halfLine;
out float rim;
out float dashed;

void main(void) {
  int marks = int(instanceDepths.z);
  bool selected = (marks & 1) == 1;
  bool hovered = gl_InstanceID == roi.hoveredRow;
  bool raised = selected || hovered;
  if (marks < 0 || raised != (roi.raised == 1)) {
    gl_Position = vec4(0.0);
    return;
  }

  vec4 low = project_position_to_clipspace(
    vec3(instanceRects.xy, 0.0), vec3(instanceRectsLow.xy, 0.0), vec3(0.0));
  vec4 high = project_position_to_clipspace(
    vec3(instanceRects.zw, 0.0), vec3(instanceRectsLow.zw, 0.0), vec3(0.0));
  vec2 pixel = project_pixel_size_to_clipspace(vec2(1.0));
  vec2 size = abs(high.xy - low.xy) / pixel;
  float side = min(size.x, size.y);

  bool present = instanceDepths.x < roi.plane.y && instanceDepths.y > roi.plane.x;
  halfLine = raised ? roi.halfRaisedLine : roi.halfLine;
  // Thousands of tiny boxes would otherwise be one dark blot.
  rim = side > 0.0 && !raised ? roi.rim * smoothstep(3.0, 12.0, side) : roi.rim;
  // Lines of small boxes lie close together: the smaller, the fainter, or they hide what they go around.
  float faint = side > 0.0 && !raised ? mix(0.7, 1.0, smoothstep(6.0, 36.0, side)) : 1.0;
  halfLine *= 0.5 + 0.5 * faint;
  bool discarded = (marks & 4) == 4;
  dashed = present && !discarded ? 0.0 : 1.0;

  // Half a pixel more on both sides is where the line fades out.
  float reach = halfLine + rim + 0.5;
  across = positions.z > 0.5 ? reach : -min(reach, 0.5 * side);
  vec2 away = (2.0 * positions.xy - 1.0) * vec2(high.x < low.x ? -1.0 : 1.0, high.y < low.y ? -1.0 : 1.0);
  vec4 corner = vec4(
    positions.x > 0.5 ? high.x : low.x, positions.y > 0.5 ? high.y : low.y, low.zw);
  along = positions.xy * size;
  gl_Position = corner + vec4(away * across * pixel, 0.0, 0.0);

  lineColor = roi.plainColor;
  if (instanceDepths.w >= 0.0) {
    int rgb = int(instanceDepths.w);
    lineColor.rgb = vec3(ivec3(rgb >> 16, rgb >> 8, rgb) & 255) / 255.0;
  }
  lineColor.a *= faint;
  if ((marks & 2) == 2) lineColor = roi.invalidColor;
  if (selected) lineColor = roi.selectedColor;
  if (hovered && !selected) lineColor = roi.hoveredColor;
  if (!present || discarded) lineColor.a *= raised ? 0.8 : 0.45;
}
`;

export const BOX_FRAGMENT_SHADER = `\
#version 300 es
#define SHADER_NAME roi-box-fragment-shader

precision highp float;

in vec4 lineColor;
in vec2 along;
in float across;
in float halfLine;
in float rim;
in float dashed;

out vec4 fragColor;

void main(void) {
  float off = abs(across);
  float line = 1.0 - smoothstep(halfLine - 0.5, halfLine + 0.5, off);
  float body = 1.0 - smoothstep(halfLine + rim - 0.5, halfLine + rim + 0.5, off);
  float rimAlpha = roi.rimColor.a;
  if (dashed > 0.5) {
    rimAlpha *= 0.4;
    line *= step(mod(along.x + along.y, 9.0), 5.0);
  }
  vec3 color = mix(roi.rimColor.rgb, lineColor.rgb, line);
  float alpha = body * mix(rimAlpha, lineColor.a, line);
  fragColor = vec4(color, alpha * layer.opacity);
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
