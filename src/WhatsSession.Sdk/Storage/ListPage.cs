using System.Runtime.CompilerServices;

namespace WhatsSession.Storage;

/// <summary>The size of a page of parked events or quarantined payloads. A payload may have several megabytes, and there may be thousands.</summary>
public static class ListPage
{
    /// <summary>The maximum size in bytes of a page with more than one payload or event: 16 MB.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>The first of a list that make a page.</summary>
    /// <typeparam name="T">What is listed.</typeparam>
    /// <param name="list">The list, from the start of the page. Only the page and one more entry are read.</param>
    /// <param name="limit">The maximum number of entries.</param>
    /// <param name="bytesOf">How many bytes one holds.</param>
    public static IReadOnlyList<T> Of<T>(IEnumerable<T> list, int limit, Func<T, int> bytesOf)
    {
        ArgumentNullException.ThrowIfNull(list);
        ArgumentNullException.ThrowIfNull(bytesOf);
        var page = new List<T>();
        var bytes = 0L;
        if (limit > 0)
        {
            foreach (var next in list)
            {
                bytes += bytesOf(next);
                if (page.Count > 0 && bytes > MostBytes)
                {
                    break;
                }

                page.Add(next);
                if (page.Count == limit)
                {
                    break;
                }
            }
        }

        return page;
    }

    internal static int BytesOf(ParkedEvent parked) => parked.Event.Raw.Length + parked.Event.Contact.Length;

    internal static int BytesOf(QuarantinedPayload payload) => payload.Payload.Length;

    /// <summary>All of a list, page by page.</summary>
    internal static async IAsyncEnumerable<T> ReadAllAsync<T>(
        Func<T?, CancellationToken, ValueTask<IReadOnlyList<T>>> list, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        T? last = null;
        while (await list(last, cancellationToken).ConfigureAwait(false) is { Count: > 0 } page)
        {
            foreach (var next in page)
            {
                yield return next;
            }

            last = page[^1];
        }
    }
}
