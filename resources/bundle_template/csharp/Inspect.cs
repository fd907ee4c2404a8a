// Judges one image with the model of this bundle:
//     dotnet run --project csharp -- ../model/model.onnx part.png
// Images are read by StbImageSharp (public domain, no System.Drawing, every system): PNG, JPEG and BMP with 8 bits.
// It does not turn images by their EXIF orientation; cameras on a line write none.
// An exported model stands for itself, so names, classes and lines below are those of manifest.json.

using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using StbImageSharp;

internal static class Inspect
{
    // In the order of the probabilities.
    private static readonly string[] Classes = { $classes };

    // Places of the classes that mean a good part; none: the verdict says whether the answer is sure.
    private static readonly int[] Good = { $good };

    // Risk from which a person must look, and risk from which the part is not good.
    private const double Lower = $lower;
    private const double Upper = $upper;

    // Distance to the learned images beyond which no verdict is given.
    private const double Gate = $gate;

    // The model knows good parts only: being unlike them is what makes a flaw.
    private const bool UnlikeIsFlawed = $unlike_is_flawed;

    private static int Main(string[] arguments)
    {
        if (arguments.Length != 2)
        {
            Console.Error.WriteLine("Inspect MODEL IMAGE");
            return 2;
        }

        using var session = new InferenceSession(arguments[0]);
        using var file = File.OpenRead(arguments[1]);
        var image = ImageResult.FromStream(file, ColorComponents.RedGreenBlue);

        // Bytes as they are, red, green and blue of each pixel: scaling happens inside the model.
        var pixels = new DenseTensor<byte>(image.Data, new[] { 1, image.Height, image.Width, 3 });
        var inputs = new List<NamedOnnxValue> { NamedOnnxValue.CreateFromTensor("$pixels", pixels) };
        using var results = session.Run(inputs, new[] { "$probabilities", "$outside" });
        var probabilities = results.First(result => result.Name == "$probabilities").AsEnumerable<float>().ToArray();
        var outside = results.First(result => result.Name == "$outside").AsEnumerable<float>().First();

        for (var place = 0; place < Classes.Length; place++)
        {
            Console.WriteLine(Classes[place] + "\t" + probabilities[place].ToString("0.0000", CultureInfo.InvariantCulture));
        }

        Console.WriteLine("verdict\t" + Verdict(probabilities, outside));
        return 0;
    }

    private static string Verdict(float[] probabilities, float outside)
    {
        var sure = Good.Length > 0 ? Good.Sum(place => (double)probabilities[place]) : probabilities.Max();
        var risk = Math.Clamp(1.0 - sure, 0.0, 1.0);
        var known = outside <= Gate || (UnlikeIsFlawed && risk >= Upper);
        if (!known || double.IsNaN(risk))
        {
            return "unknown";
        }

        if (risk < Lower)
        {
            return "ok";
        }

        return Good.Length > 0 && risk >= Upper ? "not_good" : "person";
    }
}
