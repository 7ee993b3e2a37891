using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace WhatsSession.Messages;

/// <summary>
/// Where in a message something stands, such as <c>contacts[0].phones[1].phone</c>: a text, or an interpolated string of other paths and indexes.
/// </summary>
/// <remarks>It is kept in parts and put together only for a rule that is broken, so the check of a message without a fault allocates nothing.</remarks>
[InterpolatedStringHandler]
internal struct FieldPath
{
    // What the deepest path needs, that of a product of a section of a button of a card of a template; how deep a path is depends on the kind of message alone.
    private const int MostParts = 10;

    private Parts _parts;
    private int _count;

    /// <summary>An empty path; the compiler says what it will append, which is not needed here.</summary>
    public FieldPath(int literalLength, int formattedCount)
    {
        _ = literalLength;
        _ = formattedCount;
    }

    public static implicit operator FieldPath(string path)
    {
        var made = default(FieldPath);
        made.AppendLiteral(path);
        return made;
    }

    public static FieldPath operator +(FieldPath path, string rest)
    {
        path.AppendLiteral(rest);
        return path;
    }

    public void AppendLiteral(string text) => _parts[_count++] = new Part(text, Index: null);

    public void AppendFormatted(FieldPath path)
    {
        for (var i = 0; i < path._count; i++)
        {
            _parts[_count++] = path._parts[i];
        }
    }

    /// <summary>An index, behind a text.</summary>
    public void AppendFormatted(int index) => _parts[_count - 1] = _parts[_count - 1] with { Index = index };

    public override readonly string ToString()
    {
        if (_count == 1 && _parts[0].Index is null)
        {
            return _parts[0].Text;
        }

        var text = new StringBuilder();
        for (var i = 0; i < _count; i++)
        {
            text.Append(_parts[i].Text).Append(CultureInfo.InvariantCulture, $"{_parts[i].Index}");
        }

        return text.ToString();
    }

    private readonly record struct Part(string Text, int? Index);

    [InlineArray(MostParts)]
    private struct Parts
    {
        private Part _first;
    }
}
