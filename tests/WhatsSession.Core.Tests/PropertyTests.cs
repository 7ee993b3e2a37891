using System.Runtime.CompilerServices;
using CsCheck;

namespace WhatsSession.Core.Tests;

internal static class PropertyTests
{
    /// <summary>The boundaries lie on few of the generated times, so the default of 100 cases would miss them often. A longer run sets CsCheck_Iter.</summary>
    [ModuleInitializer]
    public static void SetCases()
    {
        if (Environment.GetEnvironmentVariable("CsCheck_Iter") is null)
        {
            Check.Iter = 2_000;
        }
    }
}
