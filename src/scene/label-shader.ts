/** The shader of label tiles: ids in, colours out. */
import { spreadIdGlsl } from "../ome/label-id.ts";
import { labelColorGlsl } from "./label-color.ts";

/**
 * Ids are their low and high half, and 0 is none. `fill` and `edge` are how opaque what is inside and the edge are;
 * `edgeWidth` is in pixels of CSS. `ends` are the places of a reach that have the first and the last colour.
 * `present` has a bit for each of `PLACES`.
 */
const block = `\
uniform labelUniforms {
  uvec2 hovered;
  uvec2 selected;
  vec2 ends;
  float fill;
  float edge;
  float edgeWidth;
  uint isSigned;
  uint coloring;
  uint probes;
  uint present;
} label;
`;

export const labelUniforms = {
  name: "label",
  fs: block,
  uniformTypes: {
    hovered: "vec2<u32>",
    selected: "vec2<u32>",
    ends: "vec2<f32>",
    fill: "f32",
    edge: "f32",
    edgeWidth: "f32",
    isSigned: "u32",
    coloring: "u32",
    probes: "u32",
    present: "u32",
  },
} as const;

/** What `coloring` says. */
export const COLORING = { byId: 0, byNumber: 1, byCategory: 2, byGiven: 3 } as const;

/** A tile and those around it, row by row, by the names of their samplers. */
export const PLACES = [
  "idsNW",
  "idsN",
  "idsNE",
  "idsW",
  "ids",
  "idsE",
  "idsSW",
  "idsS",
  "idsSE",
] as const;

/** The palette's colours, and behind them the one of objects without a value. */
export const PALETTE_COLORS = 256;

/** The widest edge in pixels of the screen: four of CSS, where three are one. */
const MOST_EDGE = 12;

export const labelVertexShader = `\
#version 300 es
#define SHADER_NAME label-layer-vertex-shader

in vec3 positions;
in vec3 positions64Low;
in vec2 texCoords;
out vec2 vTexCoord;
flat out float vPixelRatio;

void main(void) {
  geometry.worldPosition = positions;
  geometry.uv = texCoords;
  gl_Position = project_position_to_clipspace(positions, positions64Low, vec3(0.0), geometry.position);
  DECKGL_FILTER_GL_POSITION(gl_Position, geometry);
  vTexCoord = texCoords;
  vPixelRatio = project.devicePixelRatio;
  vec4 color = vec4(0.0);
  DECKGL_FILTER_COLOR(color, geometry);
}
`;

/**
 * Integer samplers and no other: luma validates a program before its samplers have units of their own, and samplers of
 * two types then fail. Neighbours are so many pixels of the screen away, so that edges are as wide at any zoom.
 */
export const labelFragmentShader = `\
#version 300 es
#define SHADER_NAME label-layer-fragment-shader
precision highp float;
precision highp int;
precision highp usampler2D;

${PLACES.map((name) => `uniform usampler2D ${name};`).join("\n")}
uniform usampler2D lookup;
uniform usampler2D palette;
in vec2 vTexCoord;
flat in float vPixelRatio;
out vec4 fragColor;

${spreadIdGlsl}
${labelColorGlsl}

bool isPresent(ivec2 side) {
  return (label.present & (1u << uint(3 * side.y + side.x + 4))) != 0u;
}

/** What is there of a tile to a side, at a voxel counted from the first one of the tile that is drawn. */
uvec2 fetchFrom(usampler2D found, ivec2 side, ivec2 at) {
  ivec2 size = textureSize(found, 0);
  ivec2 from = ivec2(equal(side, ivec2(1))) * textureSize(ids, 0) - ivec2(equal(side, ivec2(-1))) * size;
  return texelFetch(found, clamp(at - from, ivec2(0), size - 1), 0).rg;
}

uvec2 fetchAround(ivec2 side, ivec2 at) {
  if (!isPresent(ivec2(side.x, 0))) side.x = 0;
  if (!isPresent(ivec2(0, side.y))) side.y = 0;
  if (!isPresent(side)) side = ivec2(0);
  switch (3 * side.y + side.x + 4) {
${PLACES.map((name, i) => `    case ${i}: return fetchFrom(${name}, side, at);`).join("\n")}
  }
  return uvec2(0u);
}

/** Beyond what is there, as at its border. Of 32 bits and less the high half is the sign, where there is one. */
uvec2 idAt(vec2 place) {
  ivec2 size = textureSize(ids, 0);
  ivec2 at = ivec2(floor(place * vec2(size)));
  ivec2 side = ivec2(greaterThanEqual(at, size)) - ivec2(lessThan(at, ivec2(0)));
  uvec2 id = side == ivec2(0) ? texelFetch(ids, at, 0).rg : fetchAround(side, at);
  return uvec2(id.x, id.y | (label.isSigned * uint(int(id.x) >> 31)));
}

bool differsAt(uvec2 id, vec2 right, vec2 down) {
  if (idAt(vTexCoord + right) != id || idAt(vTexCoord - right) != id
    || idAt(vTexCoord + down) != id || idAt(vTexCoord - down) != id) return true;
  vec2 r = 0.7071 * right;
  vec2 d = 0.7071 * down;
  return idAt(vTexCoord + r + d) != id || idAt(vTexCoord - r - d) != id
    || idAt(vTexCoord + r - d) != id || idAt(vTexCoord - r + d) != id;
}

bool isEdgeOf(uvec2 id, vec2 right, vec2 down, float width) {
  for (int ring = 1; ring <= ${MOST_EDGE}; ring++) {
    float far = min(float(ring), width);
    if (differsAt(id, right * far, down * far)) return true;
    if (float(ring) >= width) break;
  }
  return false;
}

/** The value of an id, and whether it has one. */
uvec2 valueOf(uvec2 id) {
  ivec2 size = textureSize(lookup, 0);
  uint last = uint(size.x * size.y) - 1u;
  uint slot = spreadId(id) & last;
  for (uint probe = 0u; probe < label.probes; probe++) {
    uvec4 found = texelFetch(lookup, ivec2(int(slot) % size.x, int(slot) / size.x), 0);
    if (found.xy == id) return found.zw;
    if (found.xy == uvec2(0u)) break;
    slot = (slot + 1u) & last;
  }
  return uvec2(0u);
}

vec3 colorOf(uvec2 id) {
  if (label.coloring == ${COLORING.byId}u) return labelColor(id);
  uvec2 value = valueOf(id);
  if (label.coloring == ${COLORING.byGiven}u) {
    uvec3 rgb = (uvec3(value.x) >> uvec3(16u, 8u, 0u)) & 255u;
    return value.y == 0u ? labelColor(id) : vec3(rgb) / 255.0;
  }
  int last = ${PALETTE_COLORS - 1};
  int at = last + 1;
  if (value.y != 0u) {
    float along = (float(value.x) / 4294967295.0 - label.ends.x) / (label.ends.y - label.ends.x);
    if (label.ends.y <= label.ends.x) along = 0.5;
    at = label.coloring == ${COLORING.byNumber}u
      ? int(round(clamp(along, 0.0, 1.0) * float(last)))
      : min(int(value.x), last);
  }
  return vec3(texelFetch(palette, ivec2(at, 0), 0).rgb) / 255.0;
}

void main(void) {
  uvec2 id = idAt(vTexCoord);
  vec2 right = dFdx(vTexCoord);
  vec2 down = dFdy(vTexCoord);
  if (id == uvec2(0u)) discard;
  bool isSelected = id == label.selected;
  bool isRinged = isSelected || id == label.hovered;
  float fill = isRinged ? max(label.fill, 0.7) : label.fill;
  float edge = isRinged ? 1.0 : label.edge;
  float width = label.edgeWidth * vPixelRatio;
  bool isEdge = edge > 0.0 && isEdgeOf(id, right, down, width);
  float alpha = isEdge ? max(edge, fill) : fill;
  vec3 color = isSelected && isEdge ? vec3(1.0) : colorOf(id);
  // A light line is not seen on a bright image: a dark one, of less than a pixel of CSS, goes along it. By a quarter or a
  // half it would end between two voxels wherever the camera stands on one, and rounding would say in which of them.
  float far = width + 0.7 * vPixelRatio;
  if (edge > 0.0 && !isEdge && differsAt(id, right * far, down * far)) {
    float rim = isRinged ? 1.0 : 0.6 * edge;
    float under = alpha * (1.0 - rim);
    alpha = rim + under;
    color *= under / alpha;
  }
  if (alpha == 0.0) discard;
  fragColor = vec4(color, alpha);
  geometry.uv = vTexCoord;
  DECKGL_FILTER_COLOR(fragColor, geometry);
}
`;
