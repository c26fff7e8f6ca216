/** The shader of label tiles: ids in, colours out. */
import { labelColorGlsl } from "./label-color.ts";

/** `outline` 1 draws edges alone, 0 fills; ids are as the GPU sees them, and 0 is none. */
const block = `\
uniform labelUniforms {
  float opacity;
  float outline;
  uint hovered;
  uint selected;
} label;
`;

export const labelUniforms = {
  name: "label",
  fs: block,
  uniformTypes: { opacity: "f32", outline: "f32", hovered: "u32", selected: "u32" },
} as const;

export const labelVertexShader = `\
#version 300 es
#define SHADER_NAME label-layer-vertex-shader

in vec3 positions;
in vec3 positions64Low;
in vec2 texCoords;
out vec2 vTexCoord;

void main(void) {
  geometry.worldPosition = positions;
  geometry.uv = texCoords;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vTexCoord = texCoords;
  vec4 color = vec4(0.0);
  DECKGL_FILTER_COLOR(color, geometry);
}
`;

/**
 * One integer sampler and no other: luma validates a program before its samplers have units of their own, and
 * samplers of two types then fail. Neighbours are one pixel of the screen away, so that edges are as thin at any zoom.
 */
export const labelFragmentShader = `\
#version 300 es
#define SHADER_NAME label-layer-fragment-shader
precision highp float;
precision highp int;
precision highp usampler2D;

uniform usampler2D ids;
in vec2 vTexCoord;
out vec4 fragColor;

${labelColorGlsl}

uint idAt(vec2 at) {
  ivec2 size = textureSize(ids, 0);
  return texelFetch(ids, clamp(ivec2(floor(at * vec2(size))), ivec2(0), size - 1), 0).r;
}

void main(void) {
  uint id = idAt(vTexCoord);
  vec2 right = dFdx(vTexCoord);
  vec2 down = dFdy(vTexCoord);
  bool isEdge = id != idAt(vTexCoord + right) || id != idAt(vTexCoord - right)
    || id != idAt(vTexCoord + down) || id != idAt(vTexCoord - down);
  bool isSelected = id == label.selected;
  bool isHovered = id == label.hovered;
  bool isFilled = label.outline < 0.5 || isSelected || isHovered;
  if (id == 0u || !(isEdge || isFilled)) discard;

  vec3 color = labelColor(id);
  float alpha = label.opacity;
  if (isHovered) color = mix(color, vec3(1.0), 0.4);
  if (isHovered || isSelected) alpha = max(alpha, 0.5);
  if (isSelected && isEdge) {
    color = vec3(1.0);
    alpha = 1.0;
  }
  fragColor = vec4(color, alpha);
  geometry.uv = vTexCoord;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
