// What Slate uses of FFmpeg, and the macros that Swift's importer leaves out.
#pragma once
#include <errno.h>
#include <libavcodec/avcodec.h>
#include <libavformat/avformat.h>
#include <libavutil/channel_layout.h>
#include <libavutil/display.h>
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
#include <libavutil/pixdesc.h>
#include <libavutil/tx.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>

static const int32_t SLATE_AVERROR_EOF = AVERROR_EOF;
static const int32_t SLATE_AVERROR_EAGAIN = AVERROR(EAGAIN);
static const int32_t SLATE_AVERROR_INVALIDDATA = AVERROR_INVALIDDATA;
static const int32_t SLATE_AVERROR_EXIT = AVERROR_EXIT;
static const int64_t SLATE_NOPTS = AV_NOPTS_VALUE;
