// Instructions of the processor that Swift has no names for. Each function with such instructions says in its
// target attribute which ones; whoever calls it has asked first whether the processor has them.
#ifndef CPROCESSOR_SHIM_H
#define CPROCESSOR_SHIM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__x86_64__)

#include <cpuid.h>
#include <immintrin.h>

/// Whether the processor has the SHA extensions, and SSSE3 and SSE4.1 beside them.
static inline bool processor_has_sha256(void) {
  unsigned int a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d)) return false;
  bool has_sse = (c & (1u << 9)) && (c & (1u << 19));
  if (!has_sse || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return false;
  return b & (1u << 29);
}

/// Four rounds: the sums of schedule and constants are two for each instruction.
#define PROCESSOR_SHA256_ROUNDS(words, round)                                                              \
  do {                                                                                                     \
    __m128i sums = _mm_add_epi32(words, _mm_loadu_si128((const __m128i *)(constants + (round))));           \
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sums);                                                         \
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sums, 0x0E));                                \
  } while (0)

/// The next four words of the schedule, in the place of the oldest four (FIPS 180-4, section 6.2.2, step 1).
#define PROCESSOR_SHA256_SCHEDULE(oldest, older, newer, newest)                                            \
  oldest = _mm_sha256msg2_epu32(                                                                           \
      _mm_add_epi32(_mm_sha256msg1_epu32(oldest, older), _mm_alignr_epi8(newest, newer, 4)), newest)

/// Mixes blocks of 64 bytes into the state, by the SHA extensions; `constants` are the 64 of the rounds.
///
/// The order of instructions is that of Intel's "SHA Extensions" paper (Gulley and others, 2013).
__attribute__((target("sha,sse4.1,ssse3"))) static inline void processor_sha256(
    uint32_t *state, const uint8_t *blocks, size_t count, const uint32_t *constants) {
  const __m128i big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
  // The instructions want the eight words of the state as (a, b, e, f) and (c, d, g, h).
  __m128i cdab = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)state), 0xB1);
  __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(state + 4)), 0x1B);
  __m128i abef = _mm_alignr_epi8(cdab, efgh, 8);
  __m128i cdgh = _mm_blend_epi16(efgh, cdab, 0xF0);
  for (; count > 0; count--, blocks += 64) {
    const __m128i abef_before = abef, cdgh_before = cdgh;
    const __m128i *input = (const __m128i *)blocks;
    __m128i w0 = _mm_shuffle_epi8(_mm_loadu_si128(input), big_endian);
    __m128i w1 = _mm_shuffle_epi8(_mm_loadu_si128(input + 1), big_endian);
    __m128i w2 = _mm_shuffle_epi8(_mm_loadu_si128(input + 2), big_endian);
    __m128i w3 = _mm_shuffle_epi8(_mm_loadu_si128(input + 3), big_endian);
    for (int round = 0;; round += 16) {
      PROCESSOR_SHA256_ROUNDS(w0, round);
      PROCESSOR_SHA256_ROUNDS(w1, round + 4);
      PROCESSOR_SHA256_ROUNDS(w2, round + 8);
      PROCESSOR_SHA256_ROUNDS(w3, round + 12);
      if (round == 48) break;
      PROCESSOR_SHA256_SCHEDULE(w0, w1, w2, w3);
      PROCESSOR_SHA256_SCHEDULE(w1, w2, w3, w0);
      PROCESSOR_SHA256_SCHEDULE(w2, w3, w0, w1);
      PROCESSOR_SHA256_SCHEDULE(w3, w0, w1, w2);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1B);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xB1);
  _mm_storeu_si128((__m128i *)state, _mm_blend_epi16(feba, dchg, 0xF0));
  _mm_storeu_si128((__m128i *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#undef PROCESSOR_SHA256_ROUNDS
#undef PROCESSOR_SHA256_SCHEDULE

#else

static inline bool processor_has_sha256(void) { return false; }

/// Is never called where `processor_has_sha256` says no.
static inline void processor_sha256(
    uint32_t *state, const uint8_t *blocks, size_t count, const uint32_t *constants) {
  (void)state, (void)blocks, (void)count, (void)constants;
  __builtin_trap();
}

#endif
#endif
