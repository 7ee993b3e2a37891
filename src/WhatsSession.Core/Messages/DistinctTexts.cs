using System.Runtime.CompilerServices;

namespace WhatsSession.Messages;

/// <summary>Texts of which each may come once. As many as Meta lets a message have are compared one by one, without a set.</summary>
internal struct DistinctTexts
{
    private const int MostCompared = 10;

    private Few _few;
    private int _count;
    private HashSet<string>? _many;

    /// <returns>Whether it is new.</returns>
    public bool Add(string text)
    {
        if (_many is not null)
        {
            return _many.Add(text);
        }

        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_few[i], text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        if (_count < MostCompared)
        {
            _few[_count++] = text;
            return true;
        }

        _many = new HashSet<string>([.. _few], StringComparer.Ordinal);
        return _many.Add(text);
    }

    [InlineArray(MostCompared)]
    private struct Few
    {
        private string _first;
    }
}
