using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WhatsSession.Emulator.Http;

/// <summary>Lists in pages, with cursors.</summary>
/// <remarks>https://developers.facebook.com/docs/graph-api/results, as of November 2026; a cursor that is not one: error 131059, v24.</remarks>
internal static class Paging
{
    private const int DefaultLimit = 25;
    private const int LargestLimit = 1000;

    public static GraphAnswer Page<T>(
        IReadOnlyList<T> all, Func<T, string> id, GraphRequest request, Action<Utf8JsonWriter, T> write, Action<Utf8JsonWriter>? writeMore = null)
    {
        var limit = DefaultLimit;
        if (request.Query("limit") is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > LargestLimit))
        {
            return GraphError.Invalid($"Param 'limit' must be a whole number from 1 to {LargestLimit}.");
        }

        var start = 0;
        if (request.Query("after") is { Length: > 0 } after)
        {
            start = Find(all, id, after) + 1;
            if (start == 0)
            {
                return GraphError.BadCursor;
            }
        }
        else if (request.Query("before") is { Length: > 0 } before)
        {
            var end = Find(all, id, before);
            if (end < 0)
            {
                return GraphError.BadCursor;
            }

            start = Math.Max(0, end - limit);
            limit = end - start;
        }

        var page = all.Skip(start).Take(limit).ToList();
        var hasMore = start + page.Count < all.Count;
        return GraphAnswer.Ok(0, (json, _) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("data");
            page.ForEach(item => write(json, item));
            json.WriteEndArray();
            if (page.Count > 0)
            {
                var last = Cursor(id(page[^1]));
                json.WriteStartObject("paging");
                json.WriteStartObject("cursors");
                json.WriteString("before", Cursor(id(page[0])));
                json.WriteString("after", last);
                json.WriteEndObject();
                if (hasMore)
                {
                    var next = string.Create(CultureInfo.InvariantCulture, $"{request.Path}?limit={limit}&after={last}");
                    json.WriteString("next", new Uri(request.BaseAddress, next).AbsoluteUri);
                }

                json.WriteEndObject();
            }

            writeMore?.Invoke(json);
            json.WriteEndObject();
        });
    }

    private static int Find<T>(IReadOnlyList<T> all, Func<T, string> id, string cursor)
    {
        for (var i = 0; i < all.Count; i++)
        {
            if (string.Equals(Cursor(id(all[i])), cursor, StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    private static string Cursor(string id) => Convert.ToBase64String(Encoding.UTF8.GetBytes("c:" + id)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
